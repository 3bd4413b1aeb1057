using System.Diagnostics;

namespace Headrace.ShardLog.Tracing;

/// <summary>
/// Which traces the newest appends were made in, so that whoever passes their records on can refer to them. Appends outside of any
/// recorded trace cost a look at <see cref="Activity.Current"/>. Bounded, and forgotten with the process. Thread-safe.
/// </summary>
public sealed class TracedAppends
{
    private const int Kept = 4096;

    private readonly Queue<(int Shard, long First, long Last, ActivityContext Trace)> _appends = new();

    /// <summary>The traces that appended records of a shard from one position to before another, each once.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="from">The first position.</param>
    /// <param name="to">The position behind the last.</param>
    /// <param name="most">How many to give at most.</param>
    public IReadOnlyList<ActivityContext> Of(int shard, long from, long to, int most)
    {
        lock (_appends)
        {
            return [.. _appends.Where(append => append.Shard == shard && append.First < to && append.Last >= from).Select(static append => append.Trace).Distinct().Take(most)];
        }
    }

    /// <summary>Notes an append whose positions are assigned, when it is part of a recorded trace.</summary>
    internal void Note(RecordBatch batch)
    {
        if (Activity.Current is not { Recorded: true } current)
            return;
        var ranges = new Dictionary<int, (long First, long Last)>();
        for (var i = 0; i < batch.Count; i++)
        {
            var (shard, position) = (batch.ShardOf(i), batch.PositionOf(i));
            ranges[shard] = ranges.TryGetValue(shard, out var range) ? (range.First, position) : (position, position);
        }
        lock (_appends)
        {
            foreach (var (shard, (first, last)) in ranges)
                _appends.Enqueue((shard, first, last, current.Context));
            while (_appends.Count > Kept)
                _appends.Dequeue();
        }
    }
}
