namespace Headrace.Streams.Limits;

/// <summary>Counts changes of streams over rolling 24 hours, since the server started. Not thread-safe.</summary>
internal sealed class DailyQuota(TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Dictionary<(long StreamId, DailyChange Change), Queue<long>> _made = [];

    /// <summary>Counts a change; false when the day has had as many as it may.</summary>
    public bool TryChange(long streamId, DailyChange change)
    {
        if (!_made.TryGetValue((streamId, change), out var times))
            _made[(streamId, change)] = times = new Queue<long>();
        while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Day)
            times.Dequeue();
        if (times.Count >= Most(change))
            return false;
        times.Enqueue(time.GetTimestamp());
        return true;
    }

    /// <summary>Forgets a stream that has gone.</summary>
    public void Forget(long streamId)
    {
        foreach (var key in _made.Keys)
        {
            if (key.StreamId == streamId)
                _made.Remove(key);
        }
    }

    private static int Most(DailyChange change) => change switch
    {
        DailyChange.ShardCount => 10,
        DailyChange.Encryption => 25,
        DailyChange.Mode => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };
}
