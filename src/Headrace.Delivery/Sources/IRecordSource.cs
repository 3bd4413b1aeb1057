using System.Globalization;

namespace Headrace.Delivery.Sources;

/// <summary>Where a delivery stream's records come from. Thread-safe.</summary>
internal interface IRecordSource
{
    /// <summary>What errors call it.</summary>
    string Name { get; }

    /// <summary>How often to look for a changed shard list; null when it never changes.</summary>
    TimeSpan? LookInterval { get; }

    /// <summary>The source now; null while there is none. The same object again as long as nothing changed.</summary>
    SourceView? Look();

    /// <summary>What errors call a record: its sequence number where the source has one, otherwise its position.</summary>
    string NumberOf(int shard, long position, long arrivalUnixMs) => position.ToString(CultureInfo.InvariantCulture);

    /// <summary>Tells that all records that arrived before a time are delivered.</summary>
    /// <param name="unixMilliseconds">Milliseconds since 1970 (UTC).</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask ReleaseAsync(long unixMilliseconds, CancellationToken cancellation);
}
