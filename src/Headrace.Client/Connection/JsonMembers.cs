using System.Globalization;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>Reads members of an answer as the API types them.</summary>
internal static class JsonMembers
{
    public static string? OptionalString(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    public static string RequiredString(this JsonElement element, string name) =>
        element.OptionalString(name) ?? throw new InvalidDataException($"the service's answer has no {name}");

    public static int? OptionalInt32(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number ? member.GetInt32() : null;

    public static long? OptionalInt64(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number ? member.GetInt64() : null;

    public static bool IsTrue(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.True;

    /// <summary>A timestamp in Unix seconds with a fraction, to the millisecond.</summary>
    public static DateTimeOffset? OptionalTimestamp(this JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var member) || member.ValueKind != JsonValueKind.Number)
            return null;
        var seconds = decimal.Parse(member.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
    }
}
