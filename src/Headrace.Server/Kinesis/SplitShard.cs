using System.Globalization;
using System.Numerics;
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

        var stream = StreamReference.Resolve(request, given);
        await streams.SplitShardAsync(stream.Scope, stream.Name, shard!, BigInteger.Parse(hashKeyText!, CultureInfo.InvariantCulture), request.Aborted);
        request.RespondEmpty();
    }
}
