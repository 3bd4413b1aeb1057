using Headrace.ControlPlane;
using Headrace.Streams.Limits;
using Headrace.Streams.Settings;

namespace Headrace.Streams;

// What can be set on a stream besides its shards, its retention and its tags.
public sealed partial class StreamCatalog
{
    private readonly MonitoringTables _monitoring;
    private readonly SettingsTables _settings;

    /// <summary>
    /// Has the stream, or its user, choose the number of shards from now on. The shards stay as they are, unless the stream is to
    /// take so many MiB/s at once.
    /// </summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, LimitExceeded; InvalidArgument: warm throughput of a provisioned stream.</exception>
    public Task UpdateModeAsync(AccountScope scope, string name, StreamMode mode, int? warmThroughputMiBps = null, CancellationToken cancellation = default) =>
        ChangeAsync(
            async () =>
            {
                var stream = GetActive(scope, name);
                if (mode == StreamMode.Provisioned && warmThroughputMiBps is not null)
                    throw NotOnDemand("WarmThroughputMiBps", name, scope);
                if (mode == StreamMode.OnDemand && stream.Mode != mode)
                    RequireFewOnDemand(scope);
                CountChange(stream, DailyChange.Mode);
                if (warmThroughputMiBps is { } mibps)
                    await WarmAsync(stream, mibps);
                else
                    PassThroughUpdating(stream);
                _tables.SaveMode(stream.Id, mode);
                stream.Mode = mode;
                if (mode == StreamMode.Provisioned)
                    DropOnDemandSettings(stream);
                return stream;
            },
            cancellation);

    /// <summary>Sets how many bytes of data and partition key one record may have.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse.</exception>
    public Task UpdateMaxRecordBytesAsync(AccountScope scope, string name, int bytes, CancellationToken cancellation = default) =>
        UpdateAsync(
            scope,
            name,
            stream =>
            {
                _tables.SaveMaxRecordBytes(stream.Id, bytes);
                stream.MaxRecordBytes = bytes;
            },
            cancellation);

    /// <summary>Switches shard-level metrics on.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse.</exception>
    public Task<MonitoringChange> EnableMonitoringAsync(AccountScope scope, string name, IReadOnlyCollection<ShardLevelMetric> metrics, CancellationToken cancellation = default) =>
        ChangeMonitoringAsync(scope, name, before => before.Union(metrics), cancellation);

    /// <summary>Switches shard-level metrics off.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse.</exception>
    public Task<MonitoringChange> DisableMonitoringAsync(AccountScope scope, string name, IReadOnlyCollection<ShardLevelMetric> metrics, CancellationToken cancellation = default) =>
        ChangeMonitoringAsync(scope, name, before => before.Except(metrics), cancellation);

    private async Task<MonitoringChange> ChangeMonitoringAsync(
        AccountScope scope, string name, Func<IReadOnlyList<ShardLevelMetric>, IEnumerable<ShardLevelMetric>> change, CancellationToken cancellation)
    {
        IReadOnlyList<ShardLevelMetric> before = [];
        var changed = await ChangeAsync(
            () =>
            {
                var stream = GetActive(scope, name);
                before = stream.ShardLevelMetrics;
                ShardLevelMetric[] after = [.. change(before).Order()];
                _monitoring.Save(stream.Id, after);
                stream.ShardLevelMetrics = after;
                return Task.FromResult(stream);
            },
            cancellation);
        return new MonitoringChange(changed, before, changed.ShardLevelMetrics);
    }

    /// <summary>Changes an active stream, which is UPDATING for a while then.</summary>
    private Task UpdateAsync(AccountScope scope, string name, Action<DataStream> change, CancellationToken cancellation) =>
        ChangeAsync(
            () =>
            {
                var stream = GetActive(scope, name);
                change(stream);
                PassThroughUpdating(stream);
                return Task.FromResult(stream);
            },
            cancellation);

    private void PassThroughUpdating(DataStream stream)
    {
        stream.Status = StreamStatus.Updating;
        AfterStateDelay(() => BecomeActiveAsync(stream));
    }

    private void LoadSettings()
    {
        var encryption = _settings.LoadEncryption();
        foreach (var stream in _byId.Values)
            stream.Encryption = EncryptionHistory.Of(encryption[stream.Id]);
        foreach (var (id, mibps) in _settings.LoadWarmThroughput())
            _byId[id].WarmThroughputMiBps = mibps;
        foreach (var (id, distribution) in _settings.LoadDistribution())
            _byId[id].Distribution = distribution;
    }

    private void LoadMonitoring()
    {
        var metrics = _monitoring.Load();
        foreach (var stream in _byId.Values)
            stream.ShardLevelMetrics = [.. metrics[stream.Id].Order()];
    }
}
