using System.Text;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>What an expression gave: one JSON value.</summary>
/// <param name="Kind">Its kind; <see cref="JsonTokenType.None"/> stands for no value at all.</param>
/// <param name="Json">The value as JSON; valid until the expression is evaluated again.</param>
internal readonly record struct ExpressionValue(JsonTokenType Kind, ReadOnlyMemory<byte> Json)
{
    /// <summary>As jq sees it: all but null and false, and not nothing.</summary>
    public bool IsTrue => Kind is not (JsonTokenType.None or JsonTokenType.Null or JsonTokenType.False);

    public bool IsMissing => Kind is JsonTokenType.None or JsonTokenType.Null;

    /// <summary>The text of a string, or how a number or boolean is written; null when it is another kind or no valid text.</summary>
    public string? Text
    {
        get
        {
            switch (Kind)
            {
                case JsonTokenType.String:
                    var reader = new Utf8JsonReader(Json.Span);
                    reader.Read();
                    try
                    {
                        return reader.GetString();
                    }
                    catch (InvalidOperationException)
                    {
                        return null;
                    }
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    return Encoding.UTF8.GetString(Json.Span);
                default:
                    return null;
            }
        }
    }

    /// <summary>The number it is, or null.</summary>
    public double? Number
    {
        get
        {
            if (Kind != JsonTokenType.Number)
                return null;
            var reader = new Utf8JsonReader(Json.Span);
            reader.Read();
            return reader.TryGetDouble(out var number) ? number : null;
        }
    }

    public static ExpressionValue Of(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 512 });
        reader.Read();
        return new ExpressionValue(reader.TokenType, json);
    }
}
