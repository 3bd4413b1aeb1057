using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Iterators;

namespace Headrace.Server.Kinesis;

internal sealed class GetShardIterator(StreamCatalog streams) : IAwsJsonOperation
{
    public static readonly string[] Types = ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"];

    public string Name => nameof(GetShardIterator);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var shardId = members.String("ShardId", required: true, min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        var type = members.String("ShardIteratorType", required: true, oneOf: Types);
        var sequenceNumber = members.String("StartingSequenceNumber", pattern: KinesisPatterns.SequenceNumber);
        var timestamp = members.Timestamp("Timestamp");
        var dryRun = DryRun.Read(members);
        members.ThrowIfInvalid();

        var reference = StreamReference.Resolve(request, given);
        var (stream, shard) = streams.GetServingShard(reference.Scope, reference.Name, shardId!);
        var start = PositionFor(type!, sequenceNumber, timestamp);
        var iterator = await streams.IterateAsync(stream, shard, start, request.Aborted);
        DryRun.End(dryRun);
        await request.RespondAsync(writer => writer.WriteString("ShardIterator", iterator));
    }

    private static StartingPosition PositionFor(string type, string? sequenceNumber, DateTimeOffset? timestamp) => type switch
    {
        "TRIM_HORIZON" or "LATEST" when sequenceNumber is not null => throw Mismatch(type, "also a"),
        "TRIM_HORIZON" => new StartingPosition(IteratorType.TrimHorizon),
        "LATEST" => new StartingPosition(IteratorType.Latest),
        "AT_TIMESTAMP" when timestamp is null => throw new WireException(
            400,
            "InvalidArgumentException",
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter."),
        "AT_TIMESTAMP" => new StartingPosition(IteratorType.AtTimestamp, Timestamp: timestamp),
        _ when sequenceNumber is null => throw Mismatch(type, "no"),
        "AT_SEQUENCE_NUMBER" => new StartingPosition(IteratorType.AtSequenceNumber, sequenceNumber),
        _ => new StartingPosition(IteratorType.AfterSequenceNumber, sequenceNumber),
    };

    private static WireException Mismatch(string type, string which) => new(
        400,
        "InvalidArgumentException",
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. " +
        $"Request specified {type} and {which} StartingSequenceNumber.");
}
