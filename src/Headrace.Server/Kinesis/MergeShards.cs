using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class MergeShards(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(MergeShards);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var shard = members.String("ShardToMerge", required: true, min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        var adjacent = members.String("AdjacentShardToMerge", required: true, min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await streams.MergeShardsAsync(stream.Scope, stream.Name, shard!, adjacent!, request.Aborted);
        request.RespondEmpty();
    }
}
