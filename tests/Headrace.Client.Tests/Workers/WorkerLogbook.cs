using System.Globalization;

namespace Headrace.Client.Tests.Workers;

/// <summary>What the workers of a test did, in the order in which they did it. Thread-safe.</summary>
internal sealed class WorkerLogbook
{
    private readonly Lock _lock = new();
    private readonly List<(string Worker, string ShardId, string What)> _entries = [];

    public void Add(string worker, string shardId, string what)
    {
        lock (_lock)
            _entries.Add((worker, shardId, what));
    }

    public List<(string Worker, string ShardId, string What)> Entries()
    {
        lock (_lock)
            return [.. _entries];
    }

    /// <summary>The records, by their numbers.</summary>
    public List<int> Numbers() => [.. Entries().Where(entry => char.IsAsciiDigit(entry.What[0])).Select(entry => int.Parse(entry.What, CultureInfo.InvariantCulture))];

    /// <summary>The shards that a worker has now.</summary>
    public List<string> HeldBy(string worker) =>
        [.. Entries().Where(entry => entry.Worker == worker && !char.IsAsciiDigit(entry.What[0])).GroupBy(entry => entry.ShardId).Where(shard => shard.Last().What == "took").Select(shard => shard.Key)];

    /// <summary>Of each shard, one worker's time ends before the next one's begins, and records come only within.</summary>
    public void NoShardWasHeldByTwo()
    {
        foreach (var shard in Entries().GroupBy(entry => entry.ShardId))
        {
            string? holder = null;
            foreach (var (worker, _, what) in shard)
            {
                if (what == "took")
                    holder.ShouldBeNull($"{worker} took {shard.Key}");
                else
                    holder.ShouldBe(worker, $"{what} of {shard.Key}");
                holder = what is "took" || char.IsAsciiDigit(what[0]) ? worker : null;
            }
        }
    }
}
