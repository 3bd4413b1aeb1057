using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>
/// Finds the members that several expressions ask of the same records, in one pass over each record, when the first is asked for.
/// Not thread-safe.
/// </summary>
internal sealed class MemberScan
{
    private readonly List<byte[]> _names = [];
    private ExpressionValue[] _values = [];
    private ReadOnlyMemory<byte> _json;
    private bool _isScanned;
    private bool _isObject;

    /// <summary>Has a member looked for; returns where it is found.</summary>
    public int Add(byte[] name)
    {
        var known = _names.FindIndex(other => other.AsSpan().SequenceEqual(name));
        if (known >= 0)
            return known;
        _names.Add(name);
        Array.Resize(ref _values, _names.Count);
        return _names.Count - 1;
    }

    /// <summary>The record that is asked next.</summary>
    public void Load(ReadOnlyMemory<byte> json) => (_json, _isScanned) = (json, false);

    /// <summary>The value of a member, null where it is missing; of members of one name it is the last, as in jq. False when the record is no object.</summary>
    public bool TryFind(int member, out ExpressionValue value)
    {
        if (!_isScanned)
            (_isScanned, _isObject) = (true, Scan());
        value = _values[member];
        return _isObject;
    }

    private bool Scan()
    {
        Array.Fill(_values, new ExpressionValue(JsonTokenType.Null, default));
        try
        {
            var reader = new Utf8JsonReader(_json.Span, new JsonReaderOptions { MaxDepth = 256 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = IndexOf(reader);
                reader.Read();
                var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
                reader.Skip();
                if (member >= 0)
                    _values[member] = new ExpressionValue(kind, _json[start..(int)reader.BytesConsumed]);
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private int IndexOf(in Utf8JsonReader name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (name.ValueTextEquals(_names[i]))
                return i;
        }
        return -1;
    }
}
