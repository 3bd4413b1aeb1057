using System.Text.Json;
using Headrace.Delivery.Catalog;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>The elements of an array.</summary>
internal sealed class ListColumn(string name, HiveType element, JsonReading reading, short repetition, short definition) : ColumnNode
{
    private readonly short _repetition = (short)(repetition + 1);
    private readonly ColumnNode _element = ColumnTree.Of($"{name}[]", element, reading, (short)(repetition + 1), (short)(definition + 2));

    public override IEnumerable<LeafColumn> Leaves => _element.Leaves;

    public override void Write(ref Utf8JsonReader reader, short repetition, short definition)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            WriteNothing(repetition, definition);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartArray)
            throw RecordMismatchException.Malformed(name, "an array is expected.");
        var isEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _element.Write(ref reader, isEmpty ? repetition : _repetition, (short)(definition + 2));
            isEmpty = false;
        }
        if (isEmpty)
            _element.WriteNothing(repetition, (short)(definition + 1));
    }

    public override void WriteNothing(short repetition, short definition) => _element.WriteNothing(repetition, definition);
}
