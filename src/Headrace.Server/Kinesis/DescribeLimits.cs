using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class DescribeLimits(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DescribeLimits);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        request.ReadMembers().ThrowIfInvalid();
        await request.RespondAsync(writer =>
        {
            writer.WriteNumber("ShardLimit", streams.ShardLimit);
            writer.WriteNumber("OpenShardCount", streams.OpenShards(request.Scope));
            writer.WriteNumber("OnDemandStreamCount", streams.List(request.Scope).Count(stream => stream.Mode == StreamMode.OnDemand));
            writer.WriteNumber("OnDemandStreamCountLimit", StreamLimits.MaxOnDemandStreams);
        });
    }
}
