using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class DisableEnhancedMonitoring(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DisableEnhancedMonitoring);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var metrics = ShardLevelMetrics.Read(members);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await ShardLevelMetrics.RespondAsync(request, await streams.DisableMonitoringAsync(stream.Scope, stream.Name, metrics!, request.Aborted));
    }
}
