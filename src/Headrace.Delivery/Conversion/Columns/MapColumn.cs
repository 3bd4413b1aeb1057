using System.Text.Json;
using Headrace.Delivery.Catalog;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>The keys and values of an object whose keys are data.</summary>
internal sealed class MapColumn(string name, HiveType key, HiveType value, JsonReading reading, short repetition, short definition) : ColumnNode
{
    private readonly short _repetition = (short)(repetition + 1);

    // A key is always there, which one level less says.
    private readonly LeafColumn _key = LeafColumn.Of($"{name}'s keys", key, reading, (short)(repetition + 1), (short)(definition + 2));
    private readonly ColumnNode _value = ColumnTree.Of($"{name}'s values", value, reading, (short)(repetition + 1), (short)(definition + 2));

    public override IEnumerable<LeafColumn> Leaves => [_key, .. _value.Leaves];

    public override void Write(ref Utf8JsonReader reader, short repetition, short definition)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            WriteNothing(repetition, definition);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw RecordMismatchException.Malformed(name, "an object is expected.");
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var level = isEmpty ? repetition : _repetition;
            _key.Add(ref reader, level);
            reader.Read();
            _value.Write(ref reader, level, (short)(definition + 2));
            isEmpty = false;
        }
        if (isEmpty)
            WriteNothing(repetition, (short)(definition + 1));
    }

    public override void WriteNothing(short repetition, short definition)
    {
        _key.WriteNothing(repetition, definition);
        _value.WriteNothing(repetition, definition);
    }
}
