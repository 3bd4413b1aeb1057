using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams describe NAME</c>: the stream and its shards.</summary>
internal sealed class StreamDescribeCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME");
    private readonly OutputOption _output = new();

    public StreamDescribeCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "describe", "Show a data stream and its shards.", "headrace streams describe orders")
    {
        Add(_name);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var name = parsed.GetRequiredValue(_name);
        var stream = await kinesis.DescribeStreamSummaryAsync(name, cancellation);
        var shards = await kinesis.ListShardsAsync(name, cancellation);
        if (format == OutputFormat.Json)
            Console.Output.WriteJson((stream, shards), WriteJson);
        else
            WriteText(stream, shards);
        return ExitCodes.Done;
    }

    private void WriteText(StreamSummary stream, IEnumerable<ShardDescription> shards)
    {
        Console.Output.WriteLine($"{stream.Name}  {stream.Status}  {stream.Mode}  {stream.OpenShardCount} open shards  {stream.RetentionHours} h retention");
        Console.Output.WriteLine($"{stream.Arn}  created {stream.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}");
        foreach (var shard in shards)
        {
            var state = shard.EndingSequenceNumber is null ? "open" : "closed";
            var parents = string.Join(" and ", new[] { shard.ParentShardId, shard.AdjacentParentShardId }.OfType<string>());
            Console.Output.WriteLine($"  {shard.ShardId}  {state,-6}  {shard.StartingHashKey} – {shard.EndingHashKey}{(parents.Length > 0 ? $"  from {parents}" : "")}");
        }
    }

    private static void WriteJson(Utf8JsonWriter json, (StreamSummary Stream, IReadOnlyList<ShardDescription> Shards) described)
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
