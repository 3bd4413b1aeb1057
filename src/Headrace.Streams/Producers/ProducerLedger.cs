using System.Diagnostics.CodeAnalysis;
using System.Text;
using Headrace.ShardLog;
using Headrace.Streams.Invocations;

namespace Headrace.Streams.Producers;

/// <summary>
/// Knows where each producer of a stream stands, and so takes each number once: over repeats, crashes of either side, restarts,
/// resharding and the expiry of records. A producer's puts go one at a time; different producers' don't wait for one another.
/// Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore whose wait handle nobody asks for has nothing to give back.")]
internal sealed class ProducerLedger(IShardLog log, long streamId, ProducerTables? tables)
{
    /// <summary>A producer, whose <see cref="Turn"/> is held by the put under way.</summary>
    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore whose wait handle nobody asks for has nothing to give back.")]
    private sealed class Known
    {
        public readonly SemaphoreSlim Turn = new(1, 1);
        public ProducerStanding? Standing;
        public bool Changed;
        public bool Forgotten;
    }

    /// <summary>Numbered puts between two savings: what a start has to read back at most, the saving under way aside.</summary>
    private const int SaveEvery = 256;

    private static readonly ReadLimits PageLimits = new(1024, 1024 * 1024);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _saving = new(1, 1);

    // Guarded by _lock.
    private readonly Dictionary<string, Known> _producers = new(StringComparer.Ordinal);
    private readonly HashSet<long> _aheadOfNext = [];
    private Task? _restoring;
    private long _nextNote;
    private int _unsaved;

    /// <summary>Where a producer stands; null when it has committed nothing, or so long ago that it is forgotten.</summary>
    public async ValueTask<ProducerStanding?> FindAsync(string producer)
    {
        await RestoreAsync();
        lock (_lock)
            return _producers.GetValueOrDefault(producer)?.Standing;
    }

    /// <summary>Appends what a routed batch has of new numbers, and gives the rest the places that they have, or might have.</summary>
    /// <exception cref="StreamsException">InvalidArgument: the producer doesn't stand where the put goes on. LimitExceeded: too many producers.</exception>
    /// <exception cref="LogUnavailableException">Nothing was made durable.</exception>
    public async ValueTask<NumberedPutResult> PutAsync(RecordBatch batch, NumberedPut put, ReadOnlyMemory<UInt128> hashKeys, ShardMap map, PutAdmission admission)
    {
        await RestoreAsync();
        var producer = await EnterAsync(put.Producer);
        try
        {
            var committed = producer.Standing?.Number ?? -1;
            if (put.After > committed)
            {
                throw new StreamsException(
                    StreamsFault.InvalidArgument,
                    $"Producer {put.Producer} stands at {(committed < 0 ? "nothing" : $"number {committed}")}, so a put that goes on after {put.After} would leave something out.");
            }
            var dropped = 0;
            while (dropped < batch.Count && put.NumberOf(dropped) <= committed)
                dropped++;
            var (end, refused) = admission.Of(batch, put, dropped);
            if (dropped == 0 && end == batch.Count)
                await AppendAsync(producer, batch, put, 0);
            else if (dropped < end)
                await AppendPartAsync(producer, batch, put, dropped, end);
            if (dropped > 0)
                Give(batch, put, producer.Standing!, dropped, hashKeys, map);
            return new NumberedPutResult(map, producer.Standing?.Number, dropped, refused);
        }
        finally
        {
            producer.Turn.Release();
        }
    }

    /// <summary>Saves who has changed, and forgets who was last heard of before a time; the notes up to now may go then.</summary>
    public async Task SaveAsync(long forgetBeforeUnixMs = long.MinValue)
    {
        if (tables is null || log.GetExtent(ProducerNote.Shard).End == 0)
            return;
        await RestoreAsync();
        await _saving.WaitAsync();
        try
        {
            var (changed, forgotten, next) = Collect(forgetBeforeUnixMs);
            if (changed.Count == 0 && forgotten.Count == 0)
                return;
            try
            {
                tables.Save(streamId, new ProducerTables.Saved(next, changed), forgotten);
            }
            catch
            {
                MarkChanged(changed);
                throw;
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    private async ValueTask<Known> EnterAsync(string name)
    {
        while (true)
        {
            Known producer;
            lock (_lock)
            {
                if (!_producers.TryGetValue(name, out producer!))
                {
                    if (_producers.Count == StreamLimits.MaxProducers)
                        throw new StreamsException(StreamsFault.LimitExceeded, $"The stream knows {StreamLimits.MaxProducers} producers, which is the most: {name} would be one more.");
                    _producers.Add(name, producer = new Known());
                }
            }
            await producer.Turn.WaitAsync();
            if (!producer.Forgotten)
                return producer;
            producer.Turn.Release();
        }
    }

    private async ValueTask AppendPartAsync(Known producer, RecordBatch batch, NumberedPut put, int from, int end)
    {
        using var part = new RecordBatch();
        for (var i = from; i < end; i++)
            part.Add(batch.ShardOf(i), batch.KeyOf(i), batch.DataOf(i));
        await AppendAsync(producer, part, put, from);
        for (var i = from; i < end; i++)
            batch.SetPlace(i, part.ShardOf(i - from), part.PositionOf(i - from));
        batch.ArrivalUnixMs = part.ArrivalUnixMs;
    }

    /// <param name="producer">Who puts; its turn is held.</param>
    /// <param name="batch">The records.</param>
    /// <param name="put">Their numbers.</param>
    /// <param name="skipped">Which of the put's records is the batch's first.</param>
    private async ValueTask AppendAsync(Known producer, RecordBatch batch, NumberedPut put, int skipped)
    {
        ProducerNote.AddTo(batch, put, put.NumberOf(skipped), put.NumberOf(skipped + batch.Count - 1));
        bool due;
        try
        {
            await log.AppendAsync(batch);
            var note = batch.Count - 1;
            var standing = ProducerNote.Read(batch.DataOf(note), batch.ArrivalUnixMs);
            lock (_lock)
            {
                producer.Standing = standing;
                producer.Changed = true;
                Pass(batch.PositionOf(note));
                due = ++_unsaved >= SaveEvery;
            }
        }
        finally
        {
            ProducerNote.RemoveFrom(batch);
        }
        if (due)
            await TrySaveAsync();
    }

    private async Task TrySaveAsync()
    {
        try
        {
            await SaveAsync();
        }
        catch (IOException)
        {
            // The put itself is durable, note and all. Before anything expires it is saved, or nothing expires.
        }
    }

    /// <summary>Gives the first records, taken before, their places: those of the producer's last put are known.</summary>
    private static void Give(RecordBatch batch, NumberedPut put, ProducerStanding standing, int dropped, ReadOnlyMemory<UInt128> hashKeys, ShardMap map)
    {
        var isLastPut = dropped == batch.Count && put.NumberOf(0) == standing.First && put.NumberOf(dropped - 1) == standing.Number;
        if (isLastPut && new StoredPut(standing.Runs, standing.ArrivalUnixMs).TryGive(batch, hashKeys.Span, map, out _))
            return;
        // Of older ones only that they are there is known; the shard's first number stands for theirs.
        for (var i = 0; i < dropped; i++)
            batch.SetPlace(i, map.ShardFor(hashKeys.Span[i]).Index, 0);
        if (dropped == batch.Count)
            batch.ArrivalUnixMs = standing.ArrivalUnixMs;
    }

    /// <summary>A note is known of; they become durable in order, but their puts are heard of in any.</summary>
    private void Pass(long note)
    {
        _aheadOfNext.Add(note);
        while (_aheadOfNext.Remove(_nextNote))
            _nextNote++;
    }

    private (List<(string Name, ProducerStanding Standing)> Changed, List<string> Forgotten, long NextNote) Collect(long forgetBeforeUnixMs)
    {
        var changed = new List<(string, ProducerStanding)>();
        var forgotten = new List<string>();
        lock (_lock)
        {
            foreach (var (name, producer) in _producers)
            {
                // Who never committed anything counts as gone for as long as time itself.
                if ((producer.Standing?.ArrivalUnixMs ?? 0) < forgetBeforeUnixMs && producer.Turn.Wait(0))
                {
                    producer.Forgotten = true;
                    producer.Turn.Release();
                    forgotten.Add(name);
                }
                else if (producer is { Changed: true, Standing: { } newer })
                {
                    producer.Changed = false;
                    changed.Add((name, newer));
                }
            }
            foreach (var name in forgotten)
                _producers.Remove(name);
            _unsaved = 0;
            return (changed, forgotten, _nextNote);
        }
    }

    private void MarkChanged(List<(string Name, ProducerStanding Standing)> producers)
    {
        lock (_lock)
        {
            foreach (var (name, _) in producers)
            {
                if (_producers.TryGetValue(name, out var producer))
                    producer.Changed = true;
            }
        }
    }

    /// <summary>Learns, once, what was known before the log was opened. A failure is told, and tried again by the next call.</summary>
    private Task RestoreAsync()
    {
        lock (_lock)
        {
            if (_restoring is null or { IsFaulted: true })
                _restoring = log.GetExtent(ProducerNote.Shard).End == 0 ? Task.CompletedTask : Task.Run(ReadBackAsync);
            return _restoring;
        }
    }

    private async Task ReadBackAsync()
    {
        var saved = tables?.Load(streamId) ?? new ProducerTables.Saved(0, []);
        var standings = saved.Producers.ToDictionary(producer => producer.Name, producer => producer.Standing, StringComparer.Ordinal);
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        // Nobody puts before this has ended, so the end stays where it is.
        var end = log.GetExtent(ProducerNote.Shard).End;
        using var page = new RecordPage();
        for (var next = saved.NextNote; next < end; next = page.NextPosition)
        {
            await log.ReadAsync(ProducerNote.Shard, next, PageLimits, page);
            if (page.Count == 0)
                break;
            for (var i = 0; i < page.Count; i++)
            {
                var name = Encoding.UTF8.GetString(page[i].Key);
                standings[name] = ProducerNote.Read(page[i].Data, page[i].ArrivalUnixMs);
                fresh.Add(name);
            }
        }
        lock (_lock)
        {
            _nextNote = end;
            foreach (var (name, standing) in standings)
                _producers[name] = new Known { Standing = standing, Changed = fresh.Contains(name) };
        }
    }
}
