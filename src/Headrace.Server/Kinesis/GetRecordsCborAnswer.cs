using System.Buffers;
using System.Text;
using Headrace.Protocol.Cbor;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>What <see cref="GetRecordsAnswer"/> sends, in CBOR: in pieces too, and of a length known beforehand.</summary>
internal sealed class GetRecordsCborAnswer(ShardReading reading, RecordPage page)
{
    /// <summary>A piece is sent when it has so many bytes; data is taken in parts of as many.</summary>
    private const int PieceBytes = 48 * 1024;

    /// <summary>As it is now: should it change, the length that was announced still holds.</summary>
    private readonly EncryptionHistory _encryption = reading.Stream.Encryption;
    private int _record;
    private int _dataWritten;

    public async ValueTask SendAsync(AwsJsonRequest request)
    {
        using var end = new PooledBuffer(1024);
        AppendEnd(end);
        using var piece = new PooledBuffer(PieceBytes + PieceBytes + 1024);
        piece.BeginMap();
        piece.AppendText("Records"u8);
        piece.BeginArray();
        request.Begin(piece.Length + RecordsLength(piece) + end.Length);
        while (AppendSome(piece))
        {
            await request.SendAsync(piece.WrittenMemory);
            piece.Clear();
        }
        piece.Write(end.WrittenSpan);
        await request.SendAsync(piece.WrittenMemory);
    }

    /// <summary>Bytes of all records: what stands around the data is short enough to be tried.</summary>
    private long RecordsLength(PooledBuffer scratch)
    {
        var start = scratch.Length;
        var length = 0L;
        for (var i = 0; i < page.Count; i++)
        {
            var record = page[i];
            RecordCborWriting.AppendBeforeData(scratch, reading.Shard, record);
            RecordCborWriting.AppendAfterData(scratch, record, _encryption);
            length += scratch.Length - start + record.Data.Length;
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
                RecordCborWriting.AppendBeforeData(piece, reading.Shard, record);
            var part = record.Data[_dataWritten..Math.Min(record.Data.Length, _dataWritten + PieceBytes)];
            piece.Write(part);
            _dataWritten += part.Length;
            if (_dataWritten == record.Data.Length)
            {
                RecordCborWriting.AppendAfterData(piece, record, _encryption);
                _dataWritten = 0;
                _record++;
            }
            if (piece.Length >= PieceBytes)
                return true;
        }
        return false;
    }

    private void AppendEnd(PooledBuffer answer)
    {
        answer.EndContainer();
        answer.AppendText("MillisBehindLatest"u8);
        answer.AppendInteger(reading.MillisBehindLatest);
        if (reading.NextIterator is { } next)
        {
            answer.AppendText("NextShardIterator"u8);
            answer.AppendText(Encoding.ASCII.GetBytes(next));
        }
        if (reading.ChildShards.Count > 0)
            RecordCborWriting.AppendChildShards(answer, reading.ChildShards);
        answer.EndContainer();
    }
}
