using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>Reads records straight off an answer's bytes: with thousands of them a page, a document would cost more than the data.</summary>
internal static class RecordReading
{
    public static StreamRecord Record(ref Utf8JsonReader reader, RecordSlab slab)
    {
        var sequenceNumber = "";
        var partitionKey = "";
        ReadOnlyMemory<byte> data = default;
        var arrival = DateTimeOffset.UnixEpoch;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("SequenceNumber"u8))
            {
                reader.Read();
                sequenceNumber = reader.GetString()!;
            }
            else if (reader.ValueTextEquals("PartitionKey"u8))
            {
                reader.Read();
                partitionKey = reader.GetString()!;
            }
            else if (reader.ValueTextEquals("Data"u8))
            {
                reader.Read();
                data = Data(ref reader, slab);
            }
            else if (reader.ValueTextEquals("ApproximateArrivalTimestamp"u8))
            {
                reader.Read();
                arrival = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(reader.GetDouble() * 1000));
            }
            else
            {
                reader.Skip();
            }
        }
        return new StreamRecord(sequenceNumber, partitionKey, data, arrival);
    }

    private static ReadOnlyMemory<byte> Data(ref Utf8JsonReader reader, RecordSlab slab)
    {
        if (reader.ValueIsEscaped)
            return reader.GetBytesFromBase64();
        var text = reader.ValueSpan;
        var memory = slab.Rent(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        return Base64.DecodeFromUtf8(text, memory.Span, out _, out var length) == OperationStatus.Done
            ? slab.Keep(memory, length)
            : throw new InvalidDataException("the service answered data that are no base64");
    }

    public static void Children(ref Utf8JsonReader reader, List<ChildShard> children)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return;
        using var document = JsonDocument.ParseValue(ref reader);
        foreach (var child in document.RootElement.EnumerateArray())
        {
            var parents = child.TryGetProperty("ParentShards", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()!).ToList() : [];
            children.Add(new ChildShard(child.RequiredString("ShardId"), parents));
        }
    }
}
