using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Settings;
using Headrace.Streams;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

internal sealed class CreateStream(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(CreateStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = members.String("StreamName", required: true, min: 1, max: 128, pattern: StreamReference.NamePattern);
        var shardCount = members.Integer("ShardCount", min: 1, max: UpdateShardCount.MaxShardCount);
        var mode = members.Structure("StreamModeDetails")?.String("StreamMode", required: true, oneOf: StreamModes.Names);
        var tags = members.Map("Tags", min: 1, max: 200);
        var warmThroughput = WarmThroughput.Read(members);
        var maxRecordKiB = members.Integer("MaxRecordSizeInKiB", min: 1024, max: 10240);
        var distribution = RecordDistributions.Read(members);
        members.ThrowIfInvalid();

        // Without a mode, the presence of a shard count decides, as AWS does.
        var onDemand = mode is null ? shardCount is null : mode == "ON_DEMAND";
        if (onDemand && shardCount is not null)
            throw new WireException(400, "InvalidArgumentException", "ShardCount must not be specified for streams in ON_DEMAND mode.");
        if (!onDemand && shardCount is null)
            throw new WireException(400, "InvalidArgumentException", "ShardCount must be specified for streams in PROVISIONED mode.");
        await streams.CreateAsync(
            request.Scope,
            new NewStream(name!, onDemand ? StreamMode.OnDemand : StreamMode.Provisioned, onDemand ? null : (int)shardCount!.Value)
            {
                MaxRecordBytes = maxRecordKiB is { } kib ? (int)kib * 1024 : StreamLimits.DefaultRecordBytes,
                Tags = tags ?? [],
                WarmThroughputMiBps = warmThroughput,
                Distribution = distribution ?? RecordDistribution.UserPartitionKey,
            },
            request.Aborted);
        request.RespondEmpty();
    }
}
