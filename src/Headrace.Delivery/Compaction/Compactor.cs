using Headrace.Delivery.ErrorLogs;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery.Compaction;

/// <summary>
/// Merges delivered objects in the background, one merge at a time: when a group has enough bytes, or its oldest object has waited long enough. What
/// fails is tried again and disturbs nobody. Thread-safe; one owner disposes it.
/// </summary>
internal sealed class Compactor : IAsyncDisposable
{
    private const string FailureCode = "Compaction.Failed";

    private readonly CompactionTables _tables;
    private readonly ObjectMerge _merge;
    private readonly DeliveryLogs _errors;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WaitingGroups _groups = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    // The last failure of each delivery stream, so that it is told once. Only the one task uses it.
    private readonly Dictionary<long, string> _failures = [];

    public Compactor(CompactionTables tables, ObjectMerge merge, DeliveryLogs errors, TimeProvider time, ILogger log)
    {
        _tables = tables;
        _merge = merge;
        _errors = errors;
        _time = time;
        _log = log;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Takes up what a delivery stream's objects waited for before the start.</summary>
    public void Load(DeliveryStream stream)
    {
        foreach (var (group, totals) in _tables.Groups(stream.Id))
            _groups.Add(stream, group, totals);
    }

    /// <summary>Takes objects that were just recorded as delivered.</summary>
    public void Take(DeliveryStream stream, IReadOnlyList<SmallObject> objects) => _groups.Add(stream, objects);

    /// <summary>Looks again, as a delivery stream's settings have changed.</summary>
    public void LookAgain() => _groups.Wake();

    /// <summary>Forgets what waits of a delivery stream: its objects stay as they are.</summary>
    public void Forget(DeliveryStream stream)
    {
        _tables.Forget(stream.Id);
        _groups.Remove(stream);
    }

    /// <summary>Ends the merge under way, of which nothing is seen, and all that would come.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var changed = _groups.Changed;
            var next = _groups.Next();
            if (next is { } due && due.At <= _time.GetUtcNow())
            {
                Merge(due.Group);
                continue;
            }
            var wait = next is { } later ? later.At - _time.GetUtcNow() : Timeout.InfiniteTimeSpan;
            if (next is null || wait > TimeSpan.Zero)
                await changed.WaitAsync(wait, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Merge(WaitingGroup group)
    {
        try
        {
            if (group.Stream.Compaction is { } settings)
                Merge(group, settings);
            _groups.Refresh(group, () => _tables.TotalsOf(group.Stream.Id, group.Group.Text));
            group.Retry.Reset();
            _failures.Remove(group.Stream.Id);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The objects are as they were, and wait for the next start.
        }
        catch (Exception failure)
        {
            Tell(group.Stream, failure);
            _groups.Delay(group, _time.GetUtcNow() + group.Retry.Next());
        }
    }

    private void Merge(WaitingGroup group, CompactionSettings settings)
    {
        var waiting = _tables.Of(group.Stream.Id, group.Group, MergePlan.MaxObjects + 1);
        // The size may have been set lower since they came.
        var large = waiting.Where(small => small.Bytes > settings.SmallBytes).ToList();
        if (large.Count > 0)
        {
            _tables.Forget(large);
            return;
        }
        var now = _time.GetUtcNow();
        var sources = MergePlan.Of(waiting, settings, now);
        if (sources.Count == 1 && MergePlan.IsLonely(sources[0], settings, now))
            _tables.Forget(sources);
        if (sources.Count < 2)
            return;
        var result = _merge.Run(group.Stream, sources, _stop.Token);
        if (result.IsDamaged)
            _log.LogError("Delivery stream {Stream}: the disk gives other bytes of {Key} than were delivered; it is left as it is", group.Stream.Name, result.LeftAlone[0].Key);
        if (result.Key is null)
        {
            _tables.Forget(result.LeftAlone);
            return;
        }
        // Whoever dies here finds that they have gone, and forgets them.
        _tables.Forget(sources);
        group.Stream.Traffic.Merge(sources.Count, result.Bytes);
        _log.LogDebug("Delivery stream {Stream}: {Count} objects became {Key}", group.Stream.Name, sources.Count, result.Key);
    }

    private void Tell(DeliveryStream stream, Exception failure)
    {
        if (_failures.TryGetValue(stream.Id, out var told) && told == failure.Message)
            return;
        _failures[stream.Id] = failure.Message;
        _log.LogWarning(failure, "Delivery stream {Stream}: small objects could not be merged and stay for now; it is tried again", stream.Name);
        _errors.Write(stream, FailureCode, $"Small objects could not be merged: {failure.Message}");
    }
}
