namespace Headrace.Streams.Limits;

/// <summary>What one shard takes and gives. Thread-safe.</summary>
internal sealed class ShardShare(TimeProvider time)
{
    private const int WriteBytes = 1024 * 1024;
    private const int WriteRecords = 1000;
    private const int ReadBytes = 2 * 1024 * 1024;
    private const int Reads = 5;
    private const int Iterators = 5;

    /// <summary>A record larger than a second's share is taken from what was not used before: with it, the largest one fits.</summary>
    private const int LargeRecordReserve = StreamLimits.MaxPutRecordsBytes - WriteBytes;

    private readonly Lock _lock = new();
    private readonly TokenBucket _records = new(time, WriteRecords, WriteRecords);
    private readonly TokenBucket _bytes = new(time, WriteBytes, WriteBytes, LargeRecordReserve);
    private readonly TokenBucket _reads = new(time, Reads, Reads);
    private readonly TokenBucket _readBytes = new(time, ReadBytes, ReadBytes);
    private readonly TokenBucket _iterators = new(time, Iterators, Iterators);

    /// <summary>Takes a record of so many bytes of key and data; false when the shard takes no more now.</summary>
    public bool TryWrite(int bytes)
    {
        lock (_lock)
        {
            return _records.Has(1) && (bytes > WriteBytes ? _bytes.TryTakeWithReserve(bytes) : _bytes.TryTake(bytes)) && _records.TryTake(1);
        }
    }

    /// <summary>Begins a read; false when there were too many calls, or an earlier one's bytes still count.</summary>
    public bool TryRead()
    {
        lock (_lock)
            return _readBytes.UntilAny == TimeSpan.Zero && _reads.TryTake(1);
    }

    /// <summary>Counts the bytes that a read has given.</summary>
    public void CountRead(int bytes)
    {
        lock (_lock)
            _readBytes.Charge(bytes);
    }

    /// <summary>Whether one more iterator may be made now.</summary>
    public bool TryIterate()
    {
        lock (_lock)
            return _iterators.TryTake(1);
    }
}
