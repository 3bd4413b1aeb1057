using Headrace.ControlPlane;
using Microsoft.Extensions.Logging;

namespace Headrace.Streams;

// How long records are kept.
public sealed partial class StreamCatalog
{
    private static readonly TimeSpan TrimEvery = TimeSpan.FromMinutes(1);

    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, InvalidArgument.</exception>
    public Task IncreaseRetentionAsync(AccountScope scope, string name, long hours, CancellationToken cancellation = default) =>
        ChangeRetentionAsync(
            scope,
            name,
            hours,
            current => hours < current
                ? $"Requested retention period ({hours} hours) for stream {name} can not be shorter than existing retention period ({current} hours). Use DecreaseRetentionPeriod API."
                : null,
            cancellation);

    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, InvalidArgument.</exception>
    public Task DecreaseRetentionAsync(AccountScope scope, string name, long hours, CancellationToken cancellation = default) =>
        ChangeRetentionAsync(
            scope,
            name,
            hours,
            current => hours > current
                ? $"Requested retention period ({hours} hours) for stream {name} can not be longer than existing retention period ({current} hours). Use IncreaseRetentionPeriod API."
                : null,
            cancellation);

    /// <summary>Gives back what has outlived its stream's retention: whole segments of data, and closed shards that are empty.</summary>
    internal async Task TrimAsync(CancellationToken cancellation)
    {
        foreach (var stream in _byId.Values.Where(stream => stream.IsServing))
        {
            var horizon = Time.GetUtcNow().AddHours(-stream.RetentionHours);
            // The notes that expire with the records say where producers stand.
            await stream.Producers.SaveAsync(ForgetProducersBefore(horizon).ToUnixTimeMilliseconds());
            var freed = await stream.Log.TrimAsync(horizon.ToUnixTimeMilliseconds(), cancellation);
            if (freed > 0)
                _log.LogInformation("Stream {Stream}: {Bytes} bytes have outlived {Hours} hours of retention", stream.Name, freed, stream.RetentionHours);
            await ForgetClosedShardsAsync(stream, horizon, cancellation);
        }
    }

    private DateTimeOffset ForgetProducersBefore(DateTimeOffset horizon)
    {
        var idle = Time.GetUtcNow() - StreamLimits.ProducerLife;
        return idle < horizon ? idle : horizon;
    }

    private async Task ForgetClosedShardsAsync(DataStream stream, DateTimeOffset horizon, CancellationToken cancellation)
    {
        if (stream.Map.All.All(shard => shard.ClosedAt is null || shard.ClosedAt >= horizon))
            return;
        await ChangeAsync(
            () =>
            {
                var expired = stream.Map.All.Where(shard => shard.ClosedAt < horizon).Select(shard => shard.Index).ToHashSet();
                _tables.DeleteShards(stream.Id, expired);
                stream.Map = stream.Map.Without(expired);
                stream.Shares?.Forget(expired);
                stream.Traffic.Forget(expired);
                return Task.FromResult(stream);
            },
            cancellation);
    }

    private Task ChangeRetentionAsync(AccountScope scope, string name, long hours, Func<int, string?> refuse, CancellationToken cancellation)
    {
        if (hours < StreamLimits.MinRetentionHours)
            throw new StreamsException(StreamsFault.InvalidArgument, $"Minimum allowed retention period is {StreamLimits.MinRetentionHours} hours. Requested retention period ({hours} hours) is too short.");
        if (hours > StreamLimits.MaxRetentionHours)
            throw new StreamsException(StreamsFault.InvalidArgument, $"Maximum allowed retention period is {StreamLimits.MaxRetentionHours} hours. Requested retention period ({hours} hours) is too long.");
        return ChangeAsync(
            () =>
            {
                var stream = GetActive(scope, name);
                if (refuse(stream.RetentionHours) is { } reason)
                    throw new StreamsException(StreamsFault.InvalidArgument, reason);
                _tables.SaveRetention(stream.Id, (int)hours);
                stream.RetentionHours = (int)hours;
                return Task.FromResult(stream);
            },
            cancellation);
    }

    private async Task KeepRetentionAsync()
    {
        using var timer = new PeriodicTimer(TrimEvery, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                try
                {
                    await TrimAsync(_closing.Token);
                }
                catch (IOException failure)
                {
                    _log.LogWarning("Old records could not be removed, which will be tried again: {Reason}", failure.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }
}
