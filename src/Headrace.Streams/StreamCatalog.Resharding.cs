using System.Numerics;
using Headrace.ControlPlane;
using Headrace.Streams.Limits;
using Headrace.Streams.Resharding;

namespace Headrace.Streams;

// Splitting and merging shards.
public sealed partial class StreamCatalog
{
    /// <summary>Closes a shard and opens two that share its hash keys.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, InvalidArgument, LimitExceeded.</exception>
    public Task SplitShardAsync(AccountScope scope, string name, string shardId, BigInteger newStartingHashKey, CancellationToken cancellation = default) =>
        ChangeAsync(
            async () =>
            {
                RequireShardIds(scope, name, shardId);
                var stream = Get(scope, name);
                RequireProvisioned(stream);
                var parent = GetOpenShard(stream, shardId);
                RequireQuota(scope, 1);
                if (newStartingHashKey <= (BigInteger)parent.Range.Start + 1 || newStartingHashKey >= parent.Range.End)
                {
                    throw new StreamsException(
                        StreamsFault.InvalidArgument,
                        $"NewStartingHashKey {newStartingHashKey} used in SplitShard() on shard {parent.Id} in stream {name} under account {scope.AccountId} " +
                        "is not both greater than one plus the shard's StartingHashKey " +
                        $"{parent.Range.Start} and less than the shard's EndingHashKey {parent.Range.End}.");
                }
                RequireActive(stream);
                var start = (UInt128)newStartingHashKey;
                await ReplaceAsync(stream, [parent], [new HashKeyRange(parent.Range.Start, start - 1), new HashKeyRange(start, parent.Range.End)]);
                return stream;
            },
            cancellation);

    /// <summary>Closes two neighbouring shards, the one of the lower hash keys named first, and opens one that takes the hash keys of both.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, InvalidArgument.</exception>
    public Task MergeShardsAsync(AccountScope scope, string name, string shardId, string adjacentShardId, CancellationToken cancellation = default) =>
        ChangeAsync(
            async () =>
            {
                RequireShardIds(scope, name, shardId, adjacentShardId);
                var stream = Get(scope, name);
                RequireProvisioned(stream);
                var first = GetOpenShard(stream, shardId);
                var second = GetOpenShard(stream, adjacentShardId);
                if (!first.Range.Precedes(second.Range))
                {
                    throw new StreamsException(
                        StreamsFault.InvalidArgument,
                        $"Shards {first.Id} and {second.Id} in stream {name} under account {scope.AccountId} are not an adjacent pair of shards eligible for merging");
                }
                RequireActive(stream);
                await ReplaceAsync(stream, [first, second], [new HashKeyRange(first.Range.Start, second.Range.End)]);
                return stream;
            },
            cancellation);

    /// <summary>Splits and merges shards until there are <paramref name="target"/> equally large ones.</summary>
    /// <returns>The stream, and how many shards were open before.</returns>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse, LimitExceeded; Validation: the stream chooses its shards itself.</exception>
    public async Task<(DataStream Stream, int Before)> UpdateShardCountAsync(AccountScope scope, string name, int target, CancellationToken cancellation = default)
    {
        var before = 0;
        var updated = await ChangeAsync(
            async () =>
            {
                var stream = GetActive(scope, name);
                RequireProvisioned(stream);
                before = stream.Map.OpenCount;
                RequireStep(before, target);
                RequireQuota(scope, target - before);
                CountChange(stream, DailyChange.ShardCount);
                await ReplaceAsync(stream, now => UniformScaling.Plan(stream.Map, target, now, shard => stream.Log.GetExtent(shard.Index).End));
                return stream;
            },
            cancellation);
        return (updated, before);
    }

    /// <summary>One step at most doubles or halves.</summary>
    private static void RequireStep(int open, int target)
    {
        var direction = target > 2L * open ? "up over double" : 2L * target < open ? "down below half" : null;
        if (direction is not null)
            throw new StreamsException(StreamsFault.LimitExceeded, $"UpdateShardCount cannot scale {direction} your current open shard count. Current open shard count: {open} Target shard count: {target}");
    }

    /// <summary>An on-demand stream chooses its shards itself.</summary>
    private static void RequireProvisioned(DataStream stream)
    {
        if (stream.Mode == StreamMode.OnDemand)
            throw new StreamsException(StreamsFault.Validation, $"Request is invalid. Stream {stream.Name} under account {stream.Scope.AccountId} is in On-Demand mode.");
    }

    /// <summary>Looked at last: what is wrong with the shards is told first.</summary>
    private static void RequireActive(DataStream stream)
    {
        if (stream.Status != StreamStatus.Active)
            throw NotActive(stream);
    }

    /// <summary>Closes the parents behind every record they took and opens their children, in one durable step.</summary>
    private Task ReplaceAsync(DataStream stream, IReadOnlyList<Shard> parents, IReadOnlyList<HashKeyRange> ranges) =>
        ReplaceAsync(
            stream,
            now =>
            {
                var next = stream.Map.All[^1].Index + 1;
                var closed = parents.Select(parent => parent with { ClosedEnd = stream.Log.GetExtent(parent.Index).End, ClosedAt = now });
                var opening = Shard.OpeningAfter(now, [.. parents]);
                var children = ranges.Select((range, i) => new Shard(next + i, range, opening, parents[0].Index, parents.Count > 1 ? parents[1].Index : null));
                return [.. closed, .. children];
            });

    /// <summary>Changes shards while no put is under way, in one durable step.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="change">Gives the shards that change or are new, as of a time.</param>
    private async Task ReplaceAsync(DataStream stream, Func<DateTimeOffset, IReadOnlyCollection<Shard>> change)
    {
        await stream.Gate.CloseAsync();
        try
        {
            var changed = change(DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds()));
            _tables.SaveShards(stream.Id, changed);
            stream.Map = stream.Map.With(changed);
            stream.Status = StreamStatus.Updating;
        }
        finally
        {
            stream.Gate.Open();
        }
        AfterStateDelay(() => BecomeActiveAsync(stream));
    }

    private DataStream GetActive(AccountScope scope, string name)
    {
        var stream = Get(scope, name);
        RequireActive(stream);
        return stream;
    }

    private static Shard GetOpenShard(DataStream stream, string shardId)
    {
        var shard = GetShard(stream, shardId);
        return shard.IsOpen
            ? shard
            : throw new StreamsException(
                StreamsFault.ResourceInUse,
                $"Shard {shard.Id} in stream {stream.Name} under account {stream.Scope.AccountId} has already been merged or split, and thus is not eligible for merging or splitting.");
    }

    /// <summary>A shard of a stream by its id.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public static Shard GetShard(DataStream stream, string shardId) =>
        Shard.TryParseId(shardId, out var index) && stream.Map.Find(index) is { } shard
            ? shard
            : throw NoSuchShard(stream.Scope, stream.Name, Shard.TryParseId(shardId, out index) ? Shard.IdOf(index) : shardId);

    /// <summary>A shard that is to be read, with its stream.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public (DataStream Stream, Shard Shard) GetServingShard(AccountScope scope, string name, string shardId)
    {
        RequireShardIds(scope, name, shardId);
        _ = Shard.TryParseId(shardId, out var index);
        return Find(scope, name) is { IsServing: true } stream && stream.Map.Find(index) is { } shard
            ? (stream, shard)
            : throw NoShardToRead(scope, name, index);
    }

    private static StreamsException NoShardToRead(AccountScope scope, string name, int index) =>
        new(StreamsFault.ResourceNotFound, $"Shard {Shard.IdOf(index)} in stream {name} under account {scope.AccountId} does not exist");

    /// <summary>What is no shard id is found out before the stream is looked for.</summary>
    private static void RequireShardIds(AccountScope scope, string name, params ReadOnlySpan<string> shardIds)
    {
        foreach (var shardId in shardIds)
        {
            if (!Shard.TryParseId(shardId, out _))
                throw NoSuchShard(scope, name, shardId);
        }
    }

    private static StreamsException NoSuchShard(AccountScope scope, string name, string shardId) =>
        new(StreamsFault.ResourceNotFound, $"Could not find shard {shardId} in stream {name} under account {scope.AccountId}.");
}
