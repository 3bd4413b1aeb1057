using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Invocations;

/// <summary>
/// Knows a stream's newest puts by their calls' ids, so that a put whose answer was lost is answered again and not stored again,
/// also after a restart. A first attempt costs a note in the log and one here; only repeats look anything up. Thread-safe.
/// </summary>
internal sealed class InvocationLedger(IShardLog log)
{
    /// <summary>Puts that are remembered.</summary>
    private const int MostKept = 16 * 1024;

    /// <summary>
    /// Notes read back from the log. What can be repeated after a restart was unanswered at the end of the run before, and so
    /// is no older than the calls that were under way then.
    /// </summary>
    private const int MostRestored = 2 * 1024;

    private static readonly ReadLimits PageLimits = new(MostRestored, 1024 * 1024);

    private readonly long _openedAt = log.GetExtent(InvocationNote.Shard).End;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<Guid, TaskCompletionSource<StoredPut?>> _puts = [];
    private readonly Queue<Guid> _order = new();
    private Task? _restoring;

    /// <summary>Appends a routed batch, or gives it the places that an earlier attempt of the same call took.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="invocation">The client's call.</param>
    /// <param name="hashKeys">Each record's hash key.</param>
    /// <param name="map">The shards.</param>
    /// <param name="refused">Records to leave out, unless an earlier attempt has stored them; null: none.</param>
    /// <returns>The records that were left out: by this attempt, or by the earlier one that is answered again; and whether this one stored the others.</returns>
    /// <exception cref="LogUnavailableException">Nothing was made durable.</exception>
    public async ValueTask<(RefusedRecords? Refused, bool Stored)> PutAsync(RecordBatch batch, PutInvocation invocation, ReadOnlyMemory<UInt128> hashKeys, ShardMap map, RefusedRecords? refused)
    {
        if (invocation.IsRepeat)
            await RestoreAsync();
        var outcome = new TaskCompletionSource<StoredPut?>(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!TryBegin(invocation, outcome, out var earlier))
        {
            var stored = await earlier;
            if (stored is null)
                continue;
            if (stored.TryGive(batch, hashKeys.Span, map, out var refusedThen))
                return (refusedThen, false);
            // Another put under the same id: nobody's records are dropped for that.
            invocation = invocation with { IsRepeat = false };
            DataStream.Route(batch, hashKeys.Span, map);
        }
        await AppendAsync(batch, invocation.Id, outcome, refused);
        return (refused, true);
    }

    /// <summary>Notes that a put begins; false when an attempt of the same call is known, whose outcome is null once it failed.</summary>
    private bool TryBegin(PutInvocation invocation, TaskCompletionSource<StoredPut?> outcome, out Task<StoredPut?> earlier)
    {
        lock (_lock)
        {
            if (invocation.IsRepeat && _puts.TryGetValue(invocation.Id, out var known))
            {
                earlier = known.Task;
                return false;
            }
            Remember(invocation.Id, outcome);
            earlier = outcome.Task;
            return true;
        }
    }

    private async ValueTask AppendAsync(RecordBatch batch, Guid id, TaskCompletionSource<StoredPut?> outcome, RefusedRecords? refused)
    {
        if (refused is { IsWhole: true })
        {
            // Nothing is stored that a repeat could be answered with: it is a put like any other.
            Forget(id, outcome);
            outcome.SetResult(null);
            return;
        }
        try
        {
            var runs = refused is null ? await AppendWholeAsync(batch, id) : await AdmittedRecords.AppendAsync(log, batch, refused, id);
            outcome.SetResult(new StoredPut(runs, batch.ArrivalUnixMs));
        }
        catch
        {
            Forget(id, outcome);
            outcome.SetResult(null);
            throw;
        }
    }

    private async ValueTask<ShardRun[]> AppendWholeAsync(RecordBatch batch, Guid id)
    {
        InvocationNote.AddTo(batch, id);
        try
        {
            await log.AppendAsync(batch);
            return ShardRun.Read(batch.DataOf(batch.Count - 1));
        }
        finally
        {
            InvocationNote.RemoveFrom(batch);
        }
    }

    /// <summary>Reads back, once, what the log held when it was opened. A failure is told, and tried again by the next repeat.</summary>
    private Task RestoreAsync()
    {
        lock (_lock)
        {
            if (_restoring is null or { IsFaulted: true })
                _restoring = _openedAt == 0 ? Task.CompletedTask : Task.Run(ReadNotesAsync);
            return _restoring;
        }
    }

    private async Task ReadNotesAsync()
    {
        using var page = new RecordPage();
        var position = Math.Max(0, _openedAt - MostRestored);
        while (position < _openedAt)
        {
            await log.ReadAsync(InvocationNote.Shard, position, PageLimits, page);
            if (page.Count == 0)
                return;
            lock (_lock)
            {
                for (var i = 0; i < page.Count; i++)
                    Restore(page[i]);
            }
            position = page.NextPosition;
        }
    }

    private void Restore(RecordView note)
    {
        if (note.Position >= _openedAt || note.Key.Length != InvocationNote.KeyLength)
            return;
        var id = new Guid(note.Key);
        if (_puts.ContainsKey(id))
            return;
        var outcome = new TaskCompletionSource<StoredPut?>();
        outcome.SetResult(new StoredPut(ShardRun.Read(note.Data), note.ArrivalUnixMs));
        Remember(id, outcome);
    }

    private void Remember(Guid id, TaskCompletionSource<StoredPut?> outcome)
    {
        _puts[id] = outcome;
        _order.Enqueue(id);
        if (_order.Count > MostKept)
            _puts.Remove(_order.Dequeue());
    }

    private void Forget(Guid id, TaskCompletionSource<StoredPut?> outcome)
    {
        lock (_lock)
        {
            if (_puts.GetValueOrDefault(id) == outcome)
                _puts.Remove(id);
        }
    }
}
