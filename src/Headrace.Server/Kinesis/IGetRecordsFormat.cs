using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>
/// What differs between the formats of GetRecords' answer. A format is a structure without members, so that <see cref="GetRecordsAnswer{TFormat}"/> is
/// compiled for each by itself and calls it directly.
/// </summary>
internal interface IGetRecordsFormat
{
    /// <summary>Data is taken in parts of so many bytes.</summary>
    static abstract int PartBytes { get; }

    /// <summary>Appends what stands before the records.</summary>
    static abstract void AppendStart(PooledBuffer piece);

    /// <summary>Appends what stands behind the records.</summary>
    static abstract void AppendEnd(PooledBuffer end, ShardReading reading);

    /// <summary>How many bytes a record takes, with what stands between it and the one before.</summary>
    /// <param name="scratch">What is short enough to be tried may be appended to it.</param>
    /// <param name="first">Whether it is the first.</param>
    /// <param name="shard">Its shard.</param>
    /// <param name="record">The record.</param>
    /// <param name="encryption">When the stream was encrypted.</param>
    static abstract long LengthOf(PooledBuffer scratch, bool first, Shard shard, RecordView record, EncryptionHistory encryption);

    /// <summary>Appends what stands before a record's data.</summary>
    static abstract void AppendBeforeData(PooledBuffer piece, bool first, Shard shard, RecordView record);

    static abstract void AppendData(PooledBuffer piece, ReadOnlySpan<byte> part);

    /// <summary>Appends what stands behind a record's data.</summary>
    static abstract void AppendAfterData(PooledBuffer piece, RecordView record, EncryptionHistory encryption);
}
