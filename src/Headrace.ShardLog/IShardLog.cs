using Headrace.ShardLog.Tracing;

namespace Headrace.ShardLog;

/// <summary>
/// An append-only log of one stream's shards. A shard is a number; a record's position in its shard counts from 0
/// without gaps. Nothing is ever readable that is not durable. Thread-safe.
/// </summary>
public interface IShardLog : IAsyncDisposable
{
    /// <summary>The traces that the newest records were appended in.</summary>
    TracedAppends Traces { get; }

    /// <summary>
    /// Appends all records of a batch and completes when they are durable. The batch then knows each record's position
    /// and its arrival time. Appends that started one after another take positions in that order.
    /// </summary>
    /// <exception cref="LogUnavailableException">The records were not made durable: disk full, failed flush, log closed.</exception>
    ValueTask AppendAsync(RecordBatch batch, CancellationToken cancellation = default);

    /// <summary>What can be read of a shard now. A shard never written to has the extent (0, 0).</summary>
    ShardExtent GetExtent(int shard);

    /// <summary>
    /// Fills <paramref name="page"/> (cleared first) with the shard's records from <paramref name="from"/> on, until a limit
    /// is reached or the durable end. A position before the oldest retained record reads from that one. At least one
    /// record is returned where there is one, even if it is larger than <see cref="ReadLimits.MaxBytes"/>.
    /// </summary>
    /// <exception cref="LogDamagedException">A record on disk fails its checksum; nothing of it is returned.</exception>
    ValueTask ReadAsync(int shard, long from, ReadLimits limits, RecordPage page, CancellationToken cancellation = default);

    /// <summary>The position of the shard's first retained record that arrived at or after a time; the durable end if there is none.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="unixMilliseconds">Milliseconds since 1970 (UTC).</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<long> FindAsync(int shard, long unixMilliseconds, CancellationToken cancellation = default);

    /// <summary>Completes when the shard has a durable record at <paramref name="position"/>.</summary>
    ValueTask WaitForAsync(int shard, long position, CancellationToken cancellation = default);

    /// <summary>Deletes the whole segments whose every record arrived before a time. The newest segment always stays.</summary>
    /// <returns>The bytes given back to the disk.</returns>
    ValueTask<long> TrimAsync(long unixMilliseconds, CancellationToken cancellation = default);
}
