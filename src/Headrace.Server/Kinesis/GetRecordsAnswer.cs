using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>
/// Writes GetRecords' answer in pieces, each handed to the connection while it is still in the processor's cache: an answer of
/// 10 MiB never exists as a whole. Its length is known beforehand.
/// </summary>
internal sealed class GetRecordsAnswer(ShardReading reading, RecordPage page)
{
    /// <summary>A piece is sent when it has so many bytes.</summary>
    private const int PieceBytes = 48 * 1024;

    /// <summary>Data is encoded in parts of so many bytes: whole groups of three, so that the parts' Base64 joins without padding.</summary>
    private const int PartBytes = 24 * 1024;

    /// <summary>As it is now: should it change, the length that was announced still holds.</summary>
    private readonly EncryptionHistory _encryption = reading.Stream.Encryption;
    private int _record;
    private int _dataWritten;

    public async ValueTask SendAsync(AwsJsonRequest request)
    {
        using var end = new PooledBuffer(1024);
        AppendEnd(end);
        using var piece = new PooledBuffer(PieceBytes + PartBytes + PartBytes);
        piece.Append("{\"Records\":["u8);
        request.Begin(piece.Length + RecordsLength(piece) + end.Length);
        while (AppendSome(piece))
        {
            await request.SendAsync(piece.WrittenMemory);
            piece.Clear();
        }
        piece.Append(end.WrittenSpan);
        await request.SendAsync(piece.WrittenMemory);
    }

    /// <summary>Bytes of all records and what stands between them.</summary>
    private long RecordsLength(PooledBuffer scratch)
    {
        const int comma = 1;
        var length = page.Count == 0 ? 0L : -comma;
        var start = scratch.Length;
        for (var i = 0; i < page.Count; i++)
        {
            var record = page[i];
            // What differs in length from record to record; all but the data is short enough to be tried.
            scratch.AppendTimestamp(record.ArrivalUnixMs);
            RecordWriting.AppendKeyAndEncryption(scratch, record, _encryption);
            length += RecordWriting.FixedLength + scratch.Length - start + Base64.GetMaxEncodedToUtf8Length(record.Data.Length);
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
                RecordWriting.AppendBeforeData(piece, first: _record == 0, reading.Shard, record);
            var part = record.Data[_dataWritten..Math.Min(record.Data.Length, _dataWritten + PartBytes)];
            piece.AppendBase64(part);
            _dataWritten += part.Length;
            if (_dataWritten == record.Data.Length)
            {
                RecordWriting.AppendAfterData(piece, record, _encryption);
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
        answer.Append("],\"MillisBehindLatest\":"u8);
        answer.AppendNumber(reading.MillisBehindLatest);
        if (reading.NextIterator is { } next)
        {
            // Base64 needs no escaping.
            answer.Append(",\"NextShardIterator\":\""u8);
            answer.Append(Encoding.ASCII.GetBytes(next));
            answer.Append("\""u8);
        }
        if (reading.ChildShards.Count > 0)
            AppendChildShards(answer);
        answer.Append("}"u8);
    }

    private void AppendChildShards(PooledBuffer answer)
    {
        answer.Append(",\"ChildShards\":"u8);
        using var writer = new Utf8JsonWriter(answer);
        writer.WriteStartArray();
        foreach (var child in reading.ChildShards)
            writer.WriteChildShard(child);
        writer.WriteEndArray();
    }
}
