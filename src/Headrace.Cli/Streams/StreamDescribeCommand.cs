using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams describe NAME</c>: the stream and its shards.</summary>
internal sealed class StreamDescribeCommand(CommandConsole console)
    : DescribeCommand<KinesisClient, (StreamSummary Stream, IReadOnlyList<ShardDescription> Shards)>(
        ServiceApis.Kinesis, console, "describe", new Argument<string>("NAME"), "Show a data stream and its shards.", "headrace streams describe orders")
{
    protected override async Task<(StreamSummary Stream, IReadOnlyList<ShardDescription> Shards)> FindAsync(KinesisClient kinesis, string name, CancellationToken cancellation) =>
        (await kinesis.DescribeStreamSummaryAsync(name, cancellation), await kinesis.ListShardsAsync(name, cancellation));

    protected override IEnumerable<string> LinesOf((StreamSummary Stream, IReadOnlyList<ShardDescription> Shards) described)
    {
        var (stream, shards) = described;
        yield return $"{stream.Name}  {stream.Status}  {stream.Mode}  {stream.OpenShardCount} open shards  {stream.RetentionHours} h retention";
        yield return $"{stream.Arn}  created {stream.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}";
        foreach (var shard in shards)
        {
            var state = shard.EndingSequenceNumber is null ? "open" : "closed";
            var parents = string.Join(" and ", new[] { shard.ParentShardId, shard.AdjacentParentShardId }.OfType<string>());
            yield return $"  {shard.ShardId}  {state,-6}  {shard.StartingHashKey} – {shard.EndingHashKey}{(parents.Length > 0 ? $"  from {parents}" : "")}";
        }
    }

    protected override void WriteJson(Utf8JsonWriter json, (StreamSummary Stream, IReadOnlyList<ShardDescription> Shards) described)
    {
        var (stream, shards) = described;
        json.WriteString("streamName", stream.Name);
        json.WriteString("streamARN", stream.Arn);
        json.WriteString("streamStatus", stream.Status);
        json.WriteString("streamMode", stream.Mode);
        json.WriteNumber("openShardCount", stream.OpenShardCount);
        json.WriteNumber("retentionPeriodHours", stream.RetentionHours);
        json.WriteString("creationTimestamp", stream.CreatedAt);
        json.WriteStartArray("shards");
        foreach (var shard in shards)
        {
            json.WriteStartObject();
            json.WriteString("shardId", shard.ShardId);
            json.WriteString("parentShardId", shard.ParentShardId);
            json.WriteString("adjacentParentShardId", shard.AdjacentParentShardId);
            json.WriteString("startingHashKey", shard.StartingHashKey);
            json.WriteString("endingHashKey", shard.EndingHashKey);
            json.WriteString("startingSequenceNumber", shard.StartingSequenceNumber);
            json.WriteString("endingSequenceNumber", shard.EndingSequenceNumber);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
