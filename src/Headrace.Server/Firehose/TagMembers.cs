using System.Text.Json;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>Reads and writes lists of tags.</summary>
internal static class TagMembers
{
    private const int MaxTags = 50;

    /// <summary>The tags that are given; valid only once the reader found no fault.</summary>
    public static List<KeyValuePair<string, string>>? Read(MemberReader members, bool required) =>
        members.Structures("Tags", required, min: 1, max: MaxTags, shown: Shown)?.Select(tag => KeyValuePair.Create(
            tag.String("Key", required: true, min: 1, max: 128, pattern: FirehosePatterns.TagKey)!,
            tag.String("Value", max: 256, pattern: FirehosePatterns.TagText) ?? "")).ToList();

    public static void Write(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>> tags)
    {
        writer.WriteStartArray("Tags");
        foreach (var (key, value) in tags)
        {
            writer.WriteStartObject();
            writer.WriteString("Key", key);
            writer.WriteString("Value", value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>A tag as AWS's messages show it.</summary>
    private static string Shown(JsonElement tag) => tag.ValueKind == JsonValueKind.Object ? $"Tag(key={TextOf(tag, "Key")}, value={TextOf(tag, "Value")})" : "null";

    private static string TextOf(JsonElement tag, string member) => tag.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "null";
}
