using System.Text.Json;
using Headrace.Delivery.Compaction;

namespace Headrace.Cli.Delivery;

/// <summary>Whether a delivery stream or channel has its small objects merged, and how, as its tags say it.</summary>
internal readonly record struct CompactionTags(string? Size, string? After)
{
    /// <param name="tags">Keys and values. Only those of a server that heeds them: AWS keeps such tags and does nothing.</param>
    public static CompactionTags Of(IEnumerable<(string Key, string? Value)> tags)
    {
        var byKey = tags.ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal);
        return byKey.GetValueOrDefault(CompactionSettings.SizeTag) is { } size
            ? new CompactionTags(size, byKey.GetValueOrDefault(CompactionSettings.AfterTag) ?? $"{CompactionSettings.DefaultAfter.TotalMinutes}m")
            : default;
    }

    /// <summary>The line for people.</summary>
    public override string ToString() => Size is null ? "  merge off" : $"  merge small objects into ones of up to {Size}, after {After} at most";

    /// <summary>The members for programs.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("compaction", Size);
        json.WriteString("compactionAfter", After);
    }
}
