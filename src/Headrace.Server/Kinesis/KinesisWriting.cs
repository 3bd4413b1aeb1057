using System.Globalization;
using System.Text.Json;
using Headrace.Server.Kinesis.Settings;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Writes the structures that several answers share.</summary>
internal static class KinesisWriting
{
    /// <summary>Seconds since 1970 with milliseconds as a fraction.</summary>
    public static void WriteTimestamp(this Utf8JsonWriter writer, string member, DateTimeOffset time) =>
        writer.WriteNumber(member, time.ToUnixTimeMilliseconds() / 1000m);

    public static void WriteMode(this Utf8JsonWriter writer, DataStream stream)
    {
        writer.WriteStartObject("StreamModeDetails");
        writer.WriteString("StreamMode", stream.Mode.WireName());
        writer.WriteEndObject();
    }

    public static void WriteMonitoring(this Utf8JsonWriter writer, DataStream stream)
    {
        writer.WriteStartArray("EnhancedMonitoring");
        writer.WriteStartObject();
        writer.WriteMetrics("ShardLevelMetrics", stream.ShardLevelMetrics);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    public static string WireName(this StreamStatus status) => status.ToString().ToUpperInvariant();

    public static void WriteShard(this Utf8JsonWriter writer, Shard shard)
    {
        writer.WriteStartObject();
        writer.WriteString("ShardId", shard.Id);
        if (shard.ParentIndex is { } parent)
            writer.WriteString("ParentShardId", Shard.IdOf(parent));
        if (shard.AdjacentParentIndex is { } adjacent)
            writer.WriteString("AdjacentParentShardId", Shard.IdOf(adjacent));
        writer.WriteHashKeyRange(shard.Range);
        writer.WriteStartObject("SequenceNumberRange");
        writer.WriteString("StartingSequenceNumber", SequenceNumber.StartOf(shard).ToString());
        if (!shard.IsOpen)
            writer.WriteString("EndingSequenceNumber", SequenceNumber.EndOf(shard).ToString());
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A drained shard's children.</summary>
    public static void WriteChildShards(this Utf8JsonWriter writer, IReadOnlyList<Shard> children)
    {
        writer.WriteStartArray();
        foreach (var child in children)
            writer.WriteChildShard(child);
        writer.WriteEndArray();
    }

    private static void WriteChildShard(this Utf8JsonWriter writer, Shard shard)
    {
        writer.WriteStartObject();
        writer.WriteString("ShardId", shard.Id);
        writer.WriteStartArray("ParentShards");
        if (shard.ParentIndex is { } parent)
            writer.WriteStringValue(Shard.IdOf(parent));
        if (shard.AdjacentParentIndex is { } adjacent)
            writer.WriteStringValue(Shard.IdOf(adjacent));
        writer.WriteEndArray();
        writer.WriteHashKeyRange(shard.Range);
        writer.WriteEndObject();
    }

    private static void WriteHashKeyRange(this Utf8JsonWriter writer, HashKeyRange range)
    {
        writer.WriteStartObject("HashKeyRange");
        writer.WriteString("StartingHashKey", range.Start.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("EndingHashKey", range.End.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}
