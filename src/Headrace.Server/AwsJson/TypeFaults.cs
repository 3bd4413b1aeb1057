using System.Text.Json;

namespace Headrace.Server.AwsJson;

/// <summary>AWS's words for a member of another type than the model declares, as recorded from the service.</summary>
internal static class TypeFaults
{
    public const string String = "an String";
    public const string Integer = "an Integer";
    public const string Double = "a Double";
    public const string Boolean = "an Boolean";
    public const string Blob = "a Blob";
    public const string Timestamp = "milliseconds since epoch";

    private const string List = "Start of list found where not expected";
    private const string Structure = "Start of structure or map found where not expected.";

    /// <summary>A scalar was expected.</summary>
    public static WireException NotScalar(JsonElement found, string expected) => WireException.Serialization(found.ValueKind switch
    {
        JsonValueKind.Array => List,
        JsonValueKind.Object => Structure,
        JsonValueKind.String when expected == Boolean => $"'{found.GetString()!.ToUpperInvariant()}' can not be converted to {expected}",
        JsonValueKind.String => $"class java.lang.String can not be converted to {expected}",
        JsonValueKind.Number => $"class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to {expected}",
        _ => $"class java.lang.Boolean can not be converted to {expected}",
    });

    public static WireException NotList(JsonElement found) => WireException.Serialization(found.ValueKind == JsonValueKind.Object ? Structure : "Expected list or null");

    public static WireException NotMap(JsonElement found) => WireException.Serialization(found.ValueKind == JsonValueKind.Array ? List : "Expected map or null");

    public static WireException NotStructure(JsonElement found) => WireException.Serialization(found.ValueKind == JsonValueKind.Array ? List : "Expected null");

    /// <summary>Text that is no Base64.</summary>
    public static WireException NotBase64(string text) => WireException.Serialization($"'{text}' can not be converted to a Blob: {Base64Fault(text)}");

    private static string Base64Fault(string text)
    {
        if (text.Length % 4 != 0)
            return $"Base64 encoded length is expected a multiple of 4 bytes but found: {text.Length}";
        for (var i = 0; i < text.Length; i++)
        {
            var isPadding = text[i] == '=';
            if ((!isPadding && !char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '/')) || (isPadding && i + 1 < text.Length && text[i + 1] != '='))
                return $"Invalid Base64 character: '{text[i]}'";
        }
        return "Invalid last non-pad Base64 character dectected";
    }
}
