using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Iterators;

namespace Headrace.Server.Kinesis;

internal sealed class GetShardIterator(StreamCatalog streams) : IAwsJsonOperation
{
    public static readonly string[] Types = ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"];

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

        var start = PositionFor(type!, sequenceNumber, timestamp);
        var reference = StreamReference.Resolve(request.Scope, given);
        var stream = streams.GetServing(reference.Scope, reference.Name);
        var iterator = await streams.IterateAsync(stream, StreamCatalog.GetShard(stream, shardId!), start, request.Aborted);
        DryRun.End(dryRun);
        await request.RespondAsync(writer => writer.WriteString("ShardIterator", iterator));
    }

    private static StartingPosition PositionFor(string type, string? sequenceNumber, DateTimeOffset? timestamp) => type switch
    {
        "TRIM_HORIZON" => new StartingPosition(IteratorType.TrimHorizon),
        "LATEST" => new StartingPosition(IteratorType.Latest),
        "AT_TIMESTAMP" when timestamp is null =>
            throw new WireException(400, "InvalidArgumentException", "Must specify timestamp parameter for ShardIteratorType AT_TIMESTAMP."),
        "AT_TIMESTAMP" => new StartingPosition(IteratorType.AtTimestamp, Timestamp: timestamp),
        _ when sequenceNumber is null =>
            throw new WireException(400, "InvalidArgumentException", $"Must specify StartingSequenceNumber parameter for ShardIteratorType {type}."),
        "AT_SEQUENCE_NUMBER" => new StartingPosition(IteratorType.AtSequenceNumber, sequenceNumber),
        _ => new StartingPosition(IteratorType.AfterSequenceNumber, sequenceNumber),
    };
}
