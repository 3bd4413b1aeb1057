using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Iterators;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>
/// Pushes a shard's records to a registered consumer over HTTP/1.1 or HTTP/2 as they become durable. What is wrong before the push
/// begins is an ordinary error; afterwards it is an exception frame.
/// </summary>
internal sealed class SubscribeToShard(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(SubscribeToShard);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ConsumerReference.ReadArn(members, required: true);
        StreamReference.ReadId(members);
        var shardId = members.String("ShardId", required: true, min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        var start = members.Structure("StartingPosition", required: true);
        var type = start?.String("Type", required: true, oneOf: GetShardIterator.Types);
        var sequenceNumber = start?.String("SequenceNumber", pattern: KinesisPatterns.SequenceNumber);
        var timestamp = start?.Timestamp("Timestamp");
        var dryRun = DryRun.Read(members);
        members.ThrowIfInvalid();

        var consumer = ConsumerReference.Find(request, arn!, streams);
        var position = PositionFor(type!, sequenceNumber, timestamp);
        using var subscription = await streams.SubscribeAsync(consumer, shardId!, position, checkOnly: dryRun, request.Aborted);
        DryRun.End(dryRun);
        await new SubscriptionPush(subscription!, request).RunAsync();
    }

    private static StartingPosition PositionFor(string type, string? sequenceNumber, DateTimeOffset? timestamp) => type switch
    {
        "TRIM_HORIZON" => new StartingPosition(IteratorType.TrimHorizon),
        "LATEST" => new StartingPosition(IteratorType.Latest),
        "AT_TIMESTAMP" when timestamp is null =>
            throw new WireException(400, "InvalidArgumentException", "Must specify Timestamp parameter for StartingPosition of type AT_TIMESTAMP."),
        "AT_TIMESTAMP" => new StartingPosition(IteratorType.AtTimestamp, Timestamp: timestamp),
        _ when sequenceNumber is null =>
            throw new WireException(400, "InvalidArgumentException", $"Must specify SequenceNumber parameter for StartingPosition of type {type}."),
        "AT_SEQUENCE_NUMBER" => new StartingPosition(IteratorType.AtSequenceNumber, sequenceNumber),
        _ => new StartingPosition(IteratorType.AfterSequenceNumber, sequenceNumber),
    };
}
