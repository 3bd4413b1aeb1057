using System.Text.Json;
using Headrace.Delivery.Catalog;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>The fields of an object, found by their keys; keys that no column has are left out.</summary>
internal sealed class StructColumn : ColumnNode
{
    private const int MaxKeyOnStack = 256;

    private readonly string _name;
    private readonly bool _isRow;
    private readonly bool _joinsDots;
    private readonly ColumnNode[] _fields;
    private readonly bool[] _seen;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byKey;

    /// <param name="name">What errors call it.</param>
    /// <param name="fields">Names and types.</param>
    /// <param name="reading">How keys are understood.</param>
    /// <param name="repetition">The repetition level of what it stands in.</param>
    /// <param name="definition">The definition level that it has when it is there.</param>
    /// <param name="isRow">True for a whole row, which is always there.</param>
    public StructColumn(string name, IReadOnlyList<(string Name, HiveType Type)> fields, JsonReading reading, short repetition, short definition, bool isRow = false)
    {
        _name = name;
        _isRow = isRow;
        _joinsDots = reading.JoinsDots;
        _fields = [.. fields.Select(field => ColumnTree.Of(name.Length == 0 ? field.Name : $"{name}.{field.Name}", field.Type, reading, repetition, definition))];
        _seen = new bool[_fields.Length];
        var byKey = new Dictionary<string, int>(reading.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
            byKey[reading.Mappings.GetValueOrDefault(fields[i].Name, fields[i].Name)] = i;
        _byKey = byKey.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override IEnumerable<LeafColumn> Leaves => _fields.SelectMany(child => child.Leaves);

    public override void Write(ref Utf8JsonReader reader, short repetition, short definition)
    {
        if (reader.TokenType == JsonTokenType.Null && !_isRow)
        {
            WriteNothing(repetition, definition);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw RecordMismatchException.Malformed(_name, "an object is expected.");
        var own = _isRow ? definition : (short)(definition + 1);
        Array.Clear(_seen);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(ref reader);
            reader.Read();
            if (field < 0)
            {
                reader.Skip();
                continue;
            }
            if (_seen[field])
                throw RecordMismatchException.Malformed(_name, "a key stands twice.");
            _seen[field] = true;
            _fields[field].Write(ref reader, repetition, own);
        }
        for (var i = 0; i < _fields.Length; i++)
        {
            if (!_seen[i])
                _fields[i].WriteNothing(repetition, own);
        }
    }

    public override void WriteNothing(short repetition, short definition)
    {
        foreach (var field in _fields)
            field.WriteNothing(repetition, definition);
    }

    private int Find(ref Utf8JsonReader reader)
    {
        var length = reader.ValueSpan.Length;
        Span<char> key = length <= MaxKeyOnStack ? stackalloc char[length] : new char[length];
        key = key[..reader.CopyString(key)];
        if (_joinsDots)
            key.Replace('.', '_');
        return _byKey.TryGetValue(key, out var field) ? field : -1;
    }
}
