namespace Headrace.Client;

/// <summary>
/// Records on their way into a lane. Many may write; one reads, and takes all that has come at once. Whoever reads is woken only when there is
/// as much as it waits for: to be woken for each record would cost more than all else that is done for a small one.
/// </summary>
internal sealed class LaneQueue(BufferGate gate)
{
    private readonly Lock _lock = new();
    private List<ProducerItem> _come = [];
    private long _bytes;
    private bool _isMarked;
    private bool _isClosed;

    // Who reads, while it waits, the records or bytes that it waits for, and whether it is content with less when no more can come.
    private TaskCompletionSource? _reader;
    private bool _mayHurry;
    private int _wantedRecords;
    private long _wantedBytes;

    /// <summary>False once it is closed.</summary>
    public bool TryAdd(in ProducerItem item)
    {
        TaskCompletionSource? woken = null;
        lock (_lock)
        {
            if (_isClosed)
                return false;
            _come.Add(item);
            _bytes += item.Bytes;
            _isMarked |= item.IsMark;
            if (_reader is not null && IsEnough())
                (woken, _reader) = (_reader, null);
        }
        woken?.TrySetResult();
        return true;
    }

    /// <summary>Takes no more.</summary>
    public void Close()
    {
        TaskCompletionSource? woken;
        lock (_lock)
        {
            _isClosed = true;
            (woken, _reader) = (_reader, null);
        }
        woken?.TrySetResult();
    }

    /// <summary>Wakes who waits for company, since there is no room for any.</summary>
    public void Hurry()
    {
        TaskCompletionSource? woken = null;
        lock (_lock)
        {
            if (_mayHurry)
                (woken, _reader) = (_reader, null);
        }
        woken?.TrySetResult();
    }

    /// <summary>Puts what has come behind what is there.</summary>
    /// <returns>Whether anything had come.</returns>
    public bool TryTake(ref List<ProducerItem> behind)
    {
        lock (_lock)
        {
            if (_come.Count == 0)
                return false;
            (_bytes, _isMarked) = (0, false);
            if (behind.Count == 0)
            {
                (behind, _come) = (_come, behind);
                return true;
            }
            behind.AddRange(_come);
            _come.Clear();
            return true;
        }
    }

    /// <summary>Waits until something has come.</summary>
    /// <returns>False: it is closed, and nothing is in it.</returns>
    public ValueTask<bool> WaitAsync() => WaitAsync(1, long.MaxValue, mayHurry: false, CancellationToken.None);

    /// <summary>Waits until so many records or bytes have come, or a mark, or there is no room for more, or it is closed.</summary>
    /// <returns>Whether anything has come.</returns>
    public ValueTask<bool> WaitForCompanyAsync(int records, long bytes, CancellationToken cancellationToken) =>
        WaitAsync(records, bytes, mayHurry: true, cancellationToken);

    private async ValueTask<bool> WaitAsync(int records, long bytes, bool mayHurry, CancellationToken cancellationToken)
    {
        Task woken;
        lock (_lock)
        {
            (_wantedRecords, _wantedBytes, _mayHurry) = (records, bytes, mayHurry);
            // Whoever fills the gate hurries this queue afterwards, and so either is seen here or finds who waits.
            if (_isClosed || IsEnough() || (mayHurry && gate.IsFull))
                return _come.Count > 0;
            // One that was given up waiting with is still there.
            _reader ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            woken = _reader.Task;
        }
        await woken.WaitAsync(cancellationToken);
        lock (_lock)
            return _come.Count > 0;
    }

    private bool IsEnough() => _isMarked || _come.Count >= _wantedRecords || _bytes >= _wantedBytes;
}
