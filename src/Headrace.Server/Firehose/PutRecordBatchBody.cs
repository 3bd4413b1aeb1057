using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Headrace.Delivery;
using Headrace.ShardLog;

namespace Headrace.Server.Firehose;

/// <summary>
/// The hot parse of PutRecord and PutRecordBatch: one pass over the body, straight into the log's batch, nothing allocated
/// per record. It takes what is plainly valid; for anything else it says no, and <see cref="PutRecordBatchCheck"/> finds
/// AWS's words for the fault.
/// </summary>
internal sealed class PutRecordBatchBody(RecordBatch batch)
{
    public string? DeliveryStreamName { get; private set; }

    /// <summary>Bytes of all records' data.</summary>
    public int TotalBytes { get; private set; }

    public bool TryParse(ReadOnlySpan<byte> json, bool single)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && TryParseMembers(ref reader, single) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string that is no UTF-8 or a broken surrogate: the cold path answers.
            return false;
        }
    }

    /// <summary>Adds a record that the cold path found valid.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        batch.Add(0, default, data);
        TotalBytes += data.Length;
    }

    public void Reset()
    {
        batch.Clear();
        TotalBytes = 0;
    }

    private bool TryParseMembers(ref Utf8JsonReader reader, bool single)
    {
        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("DeliveryStreamName"u8))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                    return false;
                DeliveryStreamName = reader.GetString()!;
                if (DeliveryStreamName.Length > FirehosePatterns.MaxNameLength || !FirehosePatterns.Name.IsMatch(DeliveryStreamName))
                    return false;
            }
            else if (reader.ValueTextEquals(single ? "Record"u8 : "Records"u8))
            {
                if (seen || !reader.Read() || !(single ? TryParseRecord(ref reader) : TryParseRecords(ref reader)))
                    return false;
                seen = true;
            }
            else
            {
                reader.Skip();
            }
        }
        return DeliveryStreamName is not null && batch.Count > 0;
    }

    private bool TryParseRecords(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (batch.Count == DeliveryLimits.MaxBatchRecords || !TryParseRecord(ref reader))
                return false;
        }
        return true;
    }

    private bool TryParseRecord(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("Data"u8))
                reader.Skip();
            else if (seen || !reader.Read() || !TryAdd(ref reader))
                return false;
            else
                seen = true;
        }
        return seen;
    }

    private bool TryAdd(ref Utf8JsonReader data)
    {
        if (data.TokenType != JsonTokenType.String)
            return false;
        var base64 = data.ValueSpan;
        byte[]? unescaped = null;
        if (data.ValueIsEscaped)
        {
            unescaped = ArrayPool<byte>.Shared.Rent(base64.Length);
            base64 = unescaped.AsSpan(0, data.CopyString(unescaped));
        }
        try
        {
            var room = batch.BeginRecord(0, default, Base64.GetMaxDecodedFromUtf8Length(base64.Length));
            if (Base64.DecodeFromUtf8(base64, room, out _, out var length) != OperationStatus.Done || length > DeliveryLimits.MaxRecordBytes)
            {
                batch.AbandonRecord();
                return false;
            }
            batch.EndRecord(length);
            TotalBytes += length;
            return true;
        }
        finally
        {
            if (unescaped is not null)
                ArrayPool<byte>.Shared.Return(unescaped);
        }
    }
}
