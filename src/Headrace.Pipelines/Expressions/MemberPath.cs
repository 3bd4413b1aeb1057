using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headrace.Pipelines;

/// <summary>A path of plain members such as <c>.user.country</c>, found in a record without building anything.</summary>
internal sealed partial class MemberPath
{
    private readonly byte[][] _names;

    private MemberPath(byte[][] names) => _names = names;

    /// <summary>Null when the text is another kind of expression.</summary>
    public static MemberPath? TryParse(string text)
    {
        var match = Plain().Match(text);
        return match.Success ? new MemberPath([.. match.Groups["name"].Captures.Select(name => Encoding.UTF8.GetBytes(name.Value))]) : null;
    }

    /// <summary>Finds the value as jq does: null where a member is missing. False where only jq knows what to say.</summary>
    public bool TryFind(ReadOnlyMemory<byte> json, out ExpressionValue value)
    {
        var current = json;
        value = default;
        foreach (var name in _names)
        {
            if (!TryMember(current, name, out value))
                return false;
            if (value.Kind == JsonTokenType.Null)
                return true;
            current = value.Json;
        }
        return true;
    }

    private static bool TryMember(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name, out ExpressionValue value)
    {
        value = new ExpressionValue(JsonTokenType.Null, default);
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 256 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals(name);
                reader.Read();
                var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
                reader.Skip();
                // Of members of one name, jq takes the last.
                if (isIt)
                    value = new ExpressionValue(kind, json[start..(int)reader.BytesConsumed]);
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\s*(\.(?<name>[A-Za-z_][A-Za-z0-9_]*))+\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();
}
