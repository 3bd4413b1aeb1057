using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>
/// Writes GetRecords' answer in pieces, each handed to the connection while it is still in the processor's cache: an answer of
/// 10 MiB never exists as a whole. Its length is known beforehand.
/// </summary>
internal sealed class GetRecordsAnswer<TFormat>(ShardReading reading, RecordPage page)
    where TFormat : struct, IGetRecordsFormat
{
    /// <summary>A piece is sent when it has so many bytes.</summary>
    private const int PieceBytes = 48 * 1024;

    /// <summary>As it is now: should it change, the length that was announced still holds.</summary>
    private readonly EncryptionHistory _encryption = reading.Stream.Encryption;
    private int _record;
    private int _dataWritten;

    public async ValueTask SendAsync(AwsJsonRequest request)
    {
        using var end = new PooledBuffer(1024);
        TFormat.AppendEnd(end, reading);
        using var piece = new PooledBuffer(PieceBytes + PieceBytes + 1024);
        TFormat.AppendStart(piece);
        request.Begin(piece.Length + RecordsLength(piece) + end.Length);
        while (AppendSome(piece))
        {
            await request.SendAsync(piece.WrittenMemory);
            piece.Clear();
        }
        piece.Append(end.WrittenSpan);
        await request.SendAsync(piece.WrittenMemory);
    }

    private long RecordsLength(PooledBuffer scratch)
    {
        var start = scratch.Length;
        var length = 0L;
        for (var i = 0; i < page.Count; i++)
        {
            length += TFormat.LengthOf(scratch, first: i == 0, reading.Shard, page[i], _encryption);
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
                TFormat.AppendBeforeData(piece, first: _record == 0, reading.Shard, record);
            var part = record.Data[_dataWritten..Math.Min(record.Data.Length, _dataWritten + TFormat.PartBytes)];
            TFormat.AppendData(piece, part);
            _dataWritten += part.Length;
            if (_dataWritten == record.Data.Length)
            {
                TFormat.AppendAfterData(piece, record, _encryption);
                _dataWritten = 0;
                _record++;
            }
            if (piece.Length >= PieceBytes)
                return true;
        }
        return false;
    }
}
