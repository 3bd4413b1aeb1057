using Headrace.ControlPlane;
using Headrace.Streams.Resharding;
using Headrace.Streams.Settings;

namespace Headrace.Streams;

// What on-demand streams alone have: warm throughput and the distribution of records. A shard takes 1 MiB/s, so warm throughput is
// a number of shards.
public sealed partial class StreamCatalog
{
    /// <summary>Has an on-demand stream take so much at once.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, LimitExceeded; Validation: a provisioned stream.</exception>
    public Task<DataStream> UpdateWarmThroughputAsync(AccountScope scope, string name, int mibps, CancellationToken cancellation = default) => ChangeAsync(
        async () =>
        {
            var stream = GetActive(scope, name);
            if (stream.Mode != StreamMode.OnDemand)
                throw new StreamsException(StreamsFault.Validation, $"Request is invalid. Stream {name} under account {scope.AccountId} is in Provisioned mode.");
            await WarmAsync(stream, mibps);
            return stream;
        },
        cancellation);

    /// <summary>Sets how records come to the shards of an on-demand stream, at once.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse; InvalidArgument: a provisioned stream.</exception>
    public Task UpdateDistributionAsync(AccountScope scope, string name, RecordDistribution distribution, CancellationToken cancellation = default) => ChangeAsync(
        () =>
        {
            var stream = GetActive(scope, name);
            if (stream.Mode != StreamMode.OnDemand)
                throw NotOnDemand("RecordDistributionStrategy", name, scope);
            _settings.SaveDistribution(stream.Id, distribution);
            stream.Distribution = distribution;
            return Task.FromResult(stream);
        },
        cancellation);

    private async Task WarmAsync(DataStream stream, int mibps)
    {
        var target = WarmShards(mibps);
        RequireQuota(stream.Scope, target - stream.Map.OpenCount);
        _settings.SaveWarmThroughput(stream.Id, mibps);
        stream.WarmThroughputMiBps = mibps;
        await ReplaceAsync(stream, now => UniformScaling.Plan(stream.Map, target, now, shard => stream.Log.GetExtent(shard.Index).End));
    }

    private static int WarmShards(int? mibps)
    {
        if (mibps > StreamLimits.MaxWarmThroughputMiBps)
        {
            throw new StreamsException(
                StreamsFault.LimitExceeded,
                $"WarmThroughputMiBps {mibps} exceeds the maximum of {StreamLimits.MaxWarmThroughputMiBps} MiB/s for an on-demand stream.");
        }
        return Math.Max(StreamLimits.OnDemandShards, mibps ?? 0);
    }

    private static void RequireOnDemandSettings(AccountScope scope, NewStream wanted)
    {
        if (wanted.Mode == StreamMode.OnDemand)
            return;
        if (wanted.WarmThroughputMiBps is not null)
            throw NotOnDemand("WarmThroughputMiBps", wanted.Name, scope);
        if (wanted.Distribution != RecordDistribution.UserPartitionKey)
            throw NotOnDemand("RecordDistributionStrategy", wanted.Name, scope);
    }

    private static StreamsException NotOnDemand(string setting, string name, AccountScope scope) =>
        new(StreamsFault.InvalidArgument, $"{setting} is only supported for streams in ON_DEMAND mode. Stream {name} under account {scope.AccountId} is in PROVISIONED mode.");

    private void SaveOnDemandSettings(DataStream stream, int? warmThroughputMiBps, RecordDistribution distribution)
    {
        if (warmThroughputMiBps is { } mibps)
            _settings.SaveWarmThroughput(stream.Id, mibps);
        if (distribution != RecordDistribution.UserPartitionKey)
            _settings.SaveDistribution(stream.Id, distribution);
        stream.WarmThroughputMiBps = warmThroughputMiBps;
        stream.Distribution = distribution;
    }

    private void DropOnDemandSettings(DataStream stream)
    {
        _settings.DeleteOnDemand(stream.Id);
        stream.WarmThroughputMiBps = null;
        stream.Distribution = RecordDistribution.UserPartitionKey;
    }
}
