using System.Text.Json;

namespace Headrace.Client;

/// <summary>Reads the answers of Kinesis's operations.</summary>
internal static class KinesisAnswers
{
    public static StreamSummary StreamSummary(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        var summary = document.RootElement.GetProperty("StreamDescriptionSummary");
        // Streams made before modes existed have none: they are provisioned.
        var mode = summary.TryGetProperty("StreamModeDetails", out var details) ? details.OptionalString("StreamMode") : null;
        return new StreamSummary(
            summary.RequiredString("StreamName"),
            summary.RequiredString("StreamARN"),
            summary.RequiredString("StreamStatus"),
            mode ?? "PROVISIONED",
            summary.OptionalInt32("OpenShardCount") ?? 0,
            summary.OptionalInt32("RetentionPeriodHours") ?? 24,
            summary.OptionalTimestamp("StreamCreationTimestamp") ?? DateTimeOffset.UnixEpoch);
    }

    public static (IReadOnlyList<string> Names, bool HasMore) StreamNames(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        var names = document.RootElement.GetProperty("StreamNames").EnumerateArray().Select(name => name.GetString()!).ToList();
        return (names, document.RootElement.IsTrue("HasMoreStreams"));
    }

    /// <summary>Adds a page of shards; returns the next page's token.</summary>
    public static string? AddShards(ReadOnlyMemory<byte> answer, List<ShardDescription> shards)
    {
        using var document = JsonDocument.Parse(answer);
        foreach (var shard in document.RootElement.GetProperty("Shards").EnumerateArray())
        {
            var hashKeys = shard.GetProperty("HashKeyRange");
            var sequenceNumbers = shard.GetProperty("SequenceNumberRange");
            shards.Add(new ShardDescription(
                shard.RequiredString("ShardId"),
                shard.OptionalString("ParentShardId"),
                shard.OptionalString("AdjacentParentShardId"),
                hashKeys.RequiredString("StartingHashKey"),
                hashKeys.RequiredString("EndingHashKey"),
                sequenceNumbers.RequiredString("StartingSequenceNumber"),
                sequenceNumbers.OptionalString("EndingSequenceNumber")));
        }
        return document.RootElement.OptionalString("NextToken");
    }
}
