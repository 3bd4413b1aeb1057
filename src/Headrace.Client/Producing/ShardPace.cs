namespace Headrace.Client;

/// <summary>
/// Keeps a producer's puts within each shard's rate. Half a second's worth may leave at once: the service lets a second's worth through, so
/// that records that come together on the network are not too many for it. Thread-safe.
/// </summary>
internal sealed class ShardPace(TimeProvider time, ShardRate rate)
{
    private const double Burst = 0.5;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Records, double Bytes, long At)> _shares = new(StringComparer.Ordinal);

    /// <summary>Takes a record of so many bytes into a shard's share, or answers how long it will not fit.</summary>
    public TimeSpan Take(string shardId, int bytes)
    {
        lock (_lock)
        {
            var (mostRecords, mostBytes) = (Math.Max(1, rate.RecordsPerSecond * Burst), rate.BytesPerSecond * Burst);
            var now = time.GetTimestamp();
            if (_shares.TryGetValue(shardId, out var share))
            {
                var seconds = time.GetElapsedTime(share.At, now).TotalSeconds;
                share = (Math.Min(mostRecords, share.Records + (rate.RecordsPerSecond * seconds)), Math.Min(mostBytes, share.Bytes + (rate.BytesPerSecond * seconds)), now);
            }
            else
            {
                share = (mostRecords, mostBytes, now);
            }
            // A record larger than all that is saved up leaves when everything is there, and those after it wait the longer.
            var missing = Math.Max((1 - share.Records) / rate.RecordsPerSecond, (Math.Min(bytes, mostBytes) - share.Bytes) / rate.BytesPerSecond);
            var fits = missing <= 0;
            _shares[shardId] = fits ? (share.Records - 1, share.Bytes - bytes, now) : share;
            return fits ? TimeSpan.Zero : TimeSpan.FromSeconds(missing);
        }
    }
}
