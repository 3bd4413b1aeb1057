namespace Headrace.ShardLog;

/// <summary>One record of a <see cref="RecordPage"/>; its spans live as long as the page keeps its content.</summary>
public readonly ref struct RecordView(long position, long arrivalUnixMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
{
    /// <summary>Position in the shard.</summary>
    public long Position { get; } = position;

    /// <summary>When the record was appended, in milliseconds since 1970 (UTC); never decreases within a log.</summary>
    public long ArrivalUnixMs { get; } = arrivalUnixMs;

    /// <summary>The partition key's UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> Key { get; } = key;

    public ReadOnlySpan<byte> Data { get; } = data;
}
