namespace Headrace.Client;

/// <summary>
/// Keeps the leases in step with the stream's shards. Any worker may do it at any time, since creating is conditional. What it goes by may be old by the
/// time that it creates: so it gives up what took too long, and leases of finished shards stay for longer than that, lest one be created anew.
/// </summary>
/// <param name="interval">How often it is done, which is also how long a finished shard's lease stays at least.</param>
internal sealed class ShardSync(KinesisClient client, string stream, ILeaseStore leases, LeaseCheckpoint initial, OutageRetry retry, TimeSpan interval)
{
    // Seen in the last round; only the worker's own round looks at it.
    private Dictionary<string, long> _finishedSince = new(StringComparer.Ordinal);

    /// <summary>Creates what is missing; a service that is not there is told at once.</summary>
    public Task RunFirstAsync(CancellationToken cancellationToken) => CompareAsync(() => client.ListShardsAsync(stream, cancellationToken), ended: null, cancellationToken);

    /// <summary>Creates what is missing, deletes what is done with. Not twice at a time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (shards, known) = await CompareAsync(() => ListAsync(cancellationToken), ended: null, cancellationToken);
        var finished = ShardLeases.Finished(shards, known);
        var now = client.Time.GetTimestamp();
        _finishedSince = finished.ToDictionary(lease => lease.ShardId, lease => _finishedSince.GetValueOrDefault(lease.ShardId, now), StringComparer.Ordinal);
        foreach (var lease in finished.Where(lease => client.Time.GetElapsedTime(_finishedSince[lease.ShardId], now) >= interval))
            await leases.DeleteAsync(lease, cancellationToken);
    }

    /// <summary>Gives the children of a shard that was read to its end their leases, and answers which they are.</summary>
    public async Task<IReadOnlyList<ShardDescription>> FollowAsync(string ended, CancellationToken cancellationToken)
    {
        var (shards, _) = await CompareAsync(() => ListAsync(cancellationToken), ended, cancellationToken);
        return ShardLeases.ChildrenOf(ended, shards);
    }

    /// <summary>Whether the shard still holds records.</summary>
    public async Task<bool> IsListedAsync(string shardId, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Any(shard => shard.ShardId == shardId);

    private Task<IReadOnlyList<ShardDescription>> ListAsync(CancellationToken cancellationToken) =>
        retry.RunAsync(() => client.ListShardsAsync(stream, cancellationToken), cancellationToken);

    private async Task<(IReadOnlyList<ShardDescription> Shards, IReadOnlyList<Lease> Leases)> CompareAsync(
        Func<Task<IReadOnlyList<ShardDescription>>> list, string? ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            var began = client.Time.GetTimestamp();
            // The leases are read after the shards: a lease that is made meanwhile is seen, and not made again.
            var shards = await list();
            var known = await leases.ListAsync(cancellationToken);
            var missing = ShardLeases.Missing(shards, known, initial, ended);
            var created = 0;
            for (; created < missing.Count && client.Time.GetElapsedTime(began) < interval / 2; created++)
                await leases.CreateAsync(missing[created], cancellationToken);
            if (created == missing.Count)
                return (shards, known);
        }
    }
}
