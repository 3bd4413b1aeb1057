using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Headrace.Protocol.HashKeys;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>
/// The hot parse of PutRecord and PutRecords: one pass over the body, straight into the log's batch, nothing allocated per
/// record. It takes what is plainly valid; for anything else it says no, and <see cref="PutRecordsCheck"/> finds AWS's words
/// for the fault. One per request, pooled memory: dispose it.
/// </summary>
internal sealed class PutRecordsBody(RecordBatch batch) : IDisposable
{
    private const int MaxKeyBytes = 4 * 256;

    private UInt128[] _hashKeys = ArrayPool<UInt128>.Shared.Rent(StreamLimits.MaxPutRecords);

    public string? StreamName { get; set; }

    public string? StreamArn { get; set; }

    /// <summary>Which stream is meant, as <see cref="StreamReference"/> resolves it.</summary>
    public (string? Name, string? Arn) Given => (StreamName, StreamArn);

    /// <summary>The number that the record's own is to exceed; null: none was given.</summary>
    public string? OrderingNumber { get; set; }

    /// <summary>Whether the request is only to be checked.</summary>
    public bool DryRun { get; set; }

    /// <summary>Whether a record has no partition key.</summary>
    public bool LacksKeys { get; private set; }

    public Memory<UInt128> HashKeys => _hashKeys.AsMemory(0, batch.Count);

    /// <summary>Bytes of all records' data and keys.</summary>
    public int TotalBytes { get; private set; }

    /// <summary>Bytes of the largest record's data and key.</summary>
    public int LargestBytes { get; private set; }

    public bool TryParse(ReadOnlySpan<byte> json, bool single)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            var parsed = single ? TryParseEntry(ref reader, topLevel: true) : TryParseMembers(ref reader);
            return parsed && !reader.Read();
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
    public void Add(byte[] data, string partitionKey, UInt128? explicitHashKey)
    {
        Add(data, Encoding.UTF8.GetBytes(partitionKey).AsSpan(), explicitHashKey);
    }

    /// <summary>Adds a record that was found valid; the key is UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> data, ReadOnlySpan<byte> key, UInt128? explicitHashKey)
    {
        batch.Add(0, key, data);
        Count(key, data.Length, explicitHashKey);
    }

    public void Reset()
    {
        batch.Clear();
        LacksKeys = false;
        TotalBytes = 0;
        LargestBytes = 0;
    }

    public void Dispose()
    {
        var hashKeys = Interlocked.Exchange(ref _hashKeys, []);
        if (hashKeys.Length > 0)
            ArrayPool<UInt128>.Shared.Return(hashKeys);
    }

    private bool TryParseMembers(ref Utf8JsonReader reader)
    {
        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Records"u8))
            {
                if (seen || !TryParseEntries(ref reader))
                    return false;
                seen = true;
            }
            else if (!TryParseStreamMember(ref reader))
            {
                return false;
            }
        }
        return seen && batch.Count > 0;
    }

    private bool TryParseEntries(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (batch.Count == StreamLimits.MaxPutRecords || !TryParseEntry(ref reader, topLevel: false))
                return false;
        }
        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool TryParseStreamMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("StreamName"u8))
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                return false;
            StreamName = reader.GetString();
            return StreamReference.NamePattern.IsMatch(StreamName!) && StreamName!.Length <= 128;
        }
        if (reader.ValueTextEquals("StreamARN"u8))
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                return false;
            StreamArn = reader.GetString();
            return StreamReference.ArnPattern.IsMatch(StreamArn!);
        }
        if (reader.ValueTextEquals("StreamId"u8) || reader.ValueTextEquals("DryRun"u8) || reader.ValueTextEquals("SequenceNumberForOrdering"u8))
            return false;
        reader.Skip();
        return true;
    }

    private bool TryParseEntry(ref Utf8JsonReader reader, bool topLevel)
    {
        Span<byte> key = stackalloc byte[MaxKeyBytes];
        var keyLength = 0;
        UInt128? explicitHashKey = null;
        Utf8JsonReader data = default;
        var hasData = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Data"u8))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                    return false;
                data = reader;
                hasData = true;
            }
            else if (reader.ValueTextEquals("PartitionKey"u8))
            {
                if (!reader.Read() || !TryReadKey(ref reader, key, out keyLength))
                    return false;
            }
            else if (reader.ValueTextEquals("ExplicitHashKey"u8))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || !PartitionKeyHash.TryParse(reader.ValueSpan, out var hashKey))
                    return false;
                explicitHashKey = hashKey;
            }
            else if (topLevel)
            {
                if (!TryParseStreamMember(ref reader))
                    return false;
            }
            else
            {
                reader.Skip();
            }
        }
        return hasData && TryAdd(ref data, key[..keyLength], explicitHashKey);
    }

    private static bool TryReadKey(ref Utf8JsonReader reader, scoped Span<byte> key, out int length)
    {
        length = -1;
        // Escapes only ever make the text longer: what exceeds the room here may still be valid, and is left to the cold path.
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length is 0 || reader.ValueSpan.Length > key.Length)
            return false;
        length = reader.CopyString(key);
        return length <= 256 || Encoding.UTF8.GetCharCount(key[..length]) <= 256;
    }

    private bool TryAdd(ref Utf8JsonReader data, scoped ReadOnlySpan<byte> key, UInt128? explicitHashKey)
    {
        var base64 = data.ValueSpan;
        byte[]? unescaped = null;
        if (data.ValueIsEscaped)
        {
            unescaped = ArrayPool<byte>.Shared.Rent(base64.Length);
            base64 = unescaped.AsSpan(0, data.CopyString(unescaped));
        }
        try
        {
            var room = batch.BeginRecord(0, key, Base64.GetMaxDecodedFromUtf8Length(base64.Length));
            if (Base64.DecodeFromUtf8(base64, room, out _, out var length) != OperationStatus.Done || !Base64Text.IsStrict(base64, length))
            {
                batch.AbandonRecord();
                return false;
            }
            batch.EndRecord(length);
            Count(key, length, explicitHashKey);
            return true;
        }
        finally
        {
            if (unescaped is not null)
                ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    private void Count(scoped ReadOnlySpan<byte> key, int dataLength, UInt128? explicitHashKey)
    {
        _hashKeys[batch.Count - 1] = explicitHashKey ?? PartitionKeyHash.Of(key);
        LacksKeys |= key.IsEmpty;
        var bytes = key.Length + dataLength;
        TotalBytes += bytes;
        LargestBytes = Math.Max(LargestBytes, bytes);
    }
}
