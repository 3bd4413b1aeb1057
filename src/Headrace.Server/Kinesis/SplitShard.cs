using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class SplitShard(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(SplitShard);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var shard = members.String("ShardToSplit", required: true, min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        var hashKeyText = members.String("NewStartingHashKey", required: true, pattern: KinesisPatterns.HashKey);
        members.ThrowIfInvalid();

        if (!PartitionKeyHash.TryParse(hashKeyText!, out var hashKey))
            throw new WireException(400, "InvalidArgumentException", $"NewStartingHashKey {hashKeyText} is not a 128-bit number.");
        var stream = StreamReference.Resolve(request.Scope, given);
        await streams.SplitShardAsync(stream.Scope, stream.Name, shard!, hashKey, request.Aborted);
        request.RespondEmpty();
    }
}
