using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>Keeps, of the records that were posted, what nobody has been told yet: those that were lost. Thread-safe.</summary>
internal sealed class PostedRecords(Action<PutRecordsEntry, Exception>? onLost, ILogger log)
{
    private readonly Lock _lock = new();
    private Exception? _first;
    private long _count;

    public void Lose(in ProducerItem item, Exception failure)
    {
        lock (_lock)
        {
            _first ??= failure;
            _count++;
        }
        try
        {
            onLost?.Invoke(new PutRecordsEntry(item.Data, item.PartitionKey, item.ExplicitHashKey), failure);
        }
        catch (Exception e)
        {
            // Who listens may not keep the other records from their end.
            log.OnLostFailed(e);
        }
    }

    /// <summary>Tells of the lost ones, once.</summary>
    /// <exception cref="PostedRecordsLostException">There are some.</exception>
    public void ThrowIfLost()
    {
        Exception first;
        long count;
        lock (_lock)
        {
            if (_first is null)
                return;
            (first, count) = (_first, _count);
            (_first, _count) = (null, 0);
        }
        throw new PostedRecordsLostException(count, first);
    }
}
