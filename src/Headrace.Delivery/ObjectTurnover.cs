using Headrace.Delivery.Compaction;
using Headrace.Delivery.Partitions;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;

namespace Headrace.Delivery;

/// <summary>
/// The objects of one run of a stage, from the buffer that is cut to the record that the object is delivered: some are being put, and more wait until
/// these are. Not thread-safe; its stage owns it.
/// </summary>
/// <param name="stream">Whose objects they are.</param>
/// <param name="source">Where their records come from.</param>
/// <param name="sourceId">The source that their positions belong to.</param>
/// <param name="isProcessed">Whether the source is the log of processed records.</param>
/// <param name="positions">How far the run is.</param>
/// <param name="buffers">Where their records are kept until the objects are delivered.</param>
/// <param name="ledger">Keeps what is begun and what is delivered.</param>
/// <param name="delivery">Names and puts objects.</param>
internal sealed class ObjectTurnover(
    DeliveryStream stream,
    IRecordSource source,
    long sourceId,
    bool isProcessed,
    StagePositions positions,
    PartitionBuffers buffers,
    DeliveryLedger ledger,
    ObjectDelivery delivery)
{
    // While objects are being put, so much more is cut for the next ones. Larger ones wait alone.
    private const int MaxWaiting = 4;
    private const long MaxWaitingBytes = 32 * 1024 * 1024;

    private readonly List<CutBuffer> _waiting = [];
    private ObjectsInFlight? _inFlight;
    private long _lost;

    /// <summary>Called when records of a partition are delivered up to a position.</summary>
    public Action<PartitionName, long>? Delivered { get; init; }

    /// <summary>Completes when the objects that are being put are; null where there are none.</summary>
    public Task? Putting => _inFlight?.Putting;

    /// <summary>True when those in flight are put, or nothing is in flight and something waits.</summary>
    public bool IsDue => _inFlight is null ? _waiting.Count > 0 : _inFlight.Putting.IsCompleted;

    /// <summary>Whether more may be gathered beside what waits.</summary>
    public bool HasRoom => _waiting.Count == 0 || (_waiting.Count < MaxWaiting && _waiting.Sum(cut => (long)cut.Buffer.Length) < MaxWaitingBytes);

    /// <summary>Counts records that had expired before they could be read; the next object that is cut tells of them.</summary>
    public void Lose(long records) => _lost += records;

    /// <summary>Ends buffers, whose objects then wait to be put.</summary>
    public void Cut(IEnumerable<ObjectBuffer> due)
    {
        foreach (var buffer in due)
        {
            _waiting.Add(new CutBuffer(buffer, positions.Cut(buffer.Partition), _lost));
            buffers.Cut(buffer);
            _lost = 0;
        }
    }

    /// <summary>
    /// Records, in one transaction, that the objects in flight are put and that those which wait for them are about to be; begins to put these. True
    /// when there were objects in flight, which are now delivered.
    /// </summary>
    public async Task<bool> TurnOverAsync(CancellationToken stop)
    {
        var done = _inFlight;
        var small = done is null ? [] : await done.Putting;
        var next = _waiting.ConvertAll(cut => delivery.Name(cut.Buffer, sourceId, cut.Ranges));
        if (done is null)
            ledger.Begin(next);
        else
            Complete(done, small, next);
        _inFlight = _waiting.Count == 0 ? null : Put([.. _waiting], next, stop);
        _waiting.Clear();
        return done is not null;
    }

    /// <summary>Waits for what is being put, however that ends: the buffers are its own until then.</summary>
    public async Task AbandonAsync()
    {
        if (_inFlight is { } left)
            await ((Task)left.Putting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Complete(ObjectsInFlight done, IReadOnlyList<SmallObject> small, List<PendingObject> next)
    {
        foreach (var cut in done.Cuts)
            buffers.Remove(cut.Buffer);
        var advance = positions.After(done, buffers.All) with { Small = small };
        ledger.Complete(advance, next);
        positions.Advance(advance, done);
        foreach (var item in done.Pending)
            Delivered?.Invoke(item.Partition, item.End);
        delivery.Count(advance.Done);
        stream.Traffic.Deliver();
    }

    private ObjectsInFlight Put(List<CutBuffer> cuts, List<PendingObject> pending, CancellationToken stop) =>
        new(cuts, pending, Task.Run(() => PutAsync(pending, cuts.ConvertAll(cut => cut.Buffer), stop), CancellationToken.None));

    private async Task<IReadOnlyList<SmallObject>> PutAsync(List<PendingObject> pending, List<ObjectBuffer> full, CancellationToken stop)
    {
        using (DeliveryTraces.Begin(stream, pending, isProcessed ? null : source.Look()?.Log.Traces))
            return await delivery.PutAsync(pending, full, stop);
    }
}
