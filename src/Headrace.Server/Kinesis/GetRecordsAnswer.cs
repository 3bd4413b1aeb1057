using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>
/// Writes GetRecords' answer in pieces, each handed to the connection while it is still in the processor's cache: an answer of
/// 10 MiB never exists as a whole. Its length is known beforehand. What differs between the formats is asked for once for each record, or part of one.
/// </summary>
/// <param name="reading">What was read.</param>
/// <param name="page">Its records.</param>
/// <param name="partBytes">Data is taken in parts of so many bytes.</param>
internal abstract class GetRecordsAnswer(ShardReading reading, RecordPage page, int partBytes)
{
    /// <summary>A piece is sent when it has so many bytes.</summary>
    protected const int PieceBytes = 48 * 1024;

    private int _record;
    private int _dataWritten;

    protected ShardReading Reading => reading;

    /// <summary>As it is now: should it change, the length that was announced still holds.</summary>
    protected EncryptionHistory Encryption { get; } = reading.Stream.Encryption;

    public static GetRecordsAnswer Of(WireFormat format, ShardReading reading, RecordPage page) =>
        format == WireFormat.Cbor ? new GetRecordsCborAnswer(reading, page) : new GetRecordsJsonAnswer(reading, page);

    public async ValueTask SendAsync(AwsJsonRequest request)
    {
        using var end = new PooledBuffer(1024);
        AppendEnd(end);
        using var piece = new PooledBuffer(PieceBytes + PieceBytes + 1024);
        AppendStart(piece);
        request.Begin(piece.Length + RecordsLength(piece) + end.Length);
        while (AppendSome(piece))
        {
            await request.SendAsync(piece.WrittenMemory);
            piece.Clear();
        }
        piece.Append(end.WrittenSpan);
        await request.SendAsync(piece.WrittenMemory);
    }

    /// <summary>Appends what stands before the records.</summary>
    protected abstract void AppendStart(PooledBuffer piece);

    /// <summary>Appends what stands behind the records.</summary>
    protected abstract void AppendEnd(PooledBuffer end);

    /// <summary>How many bytes a record takes, with what stands between it and the one before.</summary>
    /// <param name="scratch">What is short enough to be tried may be appended to it.</param>
    /// <param name="record">The record.</param>
    /// <param name="first">Whether it is the first.</param>
    protected abstract long LengthOf(PooledBuffer scratch, RecordView record, bool first);

    /// <summary>Appends what stands before a record's data.</summary>
    protected abstract void AppendBeforeData(PooledBuffer piece, RecordView record, bool first);

    protected abstract void AppendData(PooledBuffer piece, ReadOnlySpan<byte> part);

    /// <summary>Appends what stands behind a record's data.</summary>
    protected abstract void AppendAfterData(PooledBuffer piece, RecordView record);

    private long RecordsLength(PooledBuffer scratch)
    {
        var start = scratch.Length;
        var length = 0L;
        for (var i = 0; i < page.Count; i++)
        {
            length += LengthOf(scratch, page[i], first: i == 0);
            scratch.Truncate(start);
        }
        return length;
    }

    /// <summary>Appends until the piece is large enough; false when all records are in it.</summary>
    private bool AppendSome(PooledBuffer piece)
    {
        while (_record < page.Count)
        {
            var record = page[_record];
            if (_dataWritten == 0)
                AppendBeforeData(piece, record, first: _record == 0);
            var part = record.Data[_dataWritten..Math.Min(record.Data.Length, _dataWritten + partBytes)];
            AppendData(piece, part);
            _dataWritten += part.Length;
            if (_dataWritten == record.Data.Length)
            {
                AppendAfterData(piece, record);
                _dataWritten = 0;
                _record++;
            }
            if (piece.Length >= PieceBytes)
                return true;
        }
        return false;
    }
}
