using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary>How <c>consume</c> shows a record: a line for people, or the members of a JSON object.</summary>
internal static class ConsumedRecordFormat
{
    /// <summary>Shard, sequence number, partition key and data; data that is not UTF-8 text appears as Base64.</summary>
    public static void WriteText(IBufferWriter<byte> line, ConsumedRecord record)
    {
        Encoding.UTF8.GetBytes(record.ShardId, line);
        line.Write(" "u8);
        Encoding.UTF8.GetBytes(record.SequenceNumber, line);
        line.Write(" "u8);
        Encoding.UTF8.GetBytes(record.PartitionKey, line);
        line.Write(" "u8);
        var data = record.Data.Span;
        if (!Utf8.IsValid(data))
            WriteBase64(line, data);
        else
            WriteOneLine(line, data);
    }

    /// <summary>
    /// <c>data</c> is the record itself where it is a JSON object or array, byte for byte; a string where it is other text;
    /// and <c>dataBase64</c> in its stead where it is no text.
    /// </summary>
    public static void WriteJson(Utf8JsonWriter json, ConsumedRecord record)
    {
        json.WriteString("shardId", record.ShardId);
        json.WriteString("sequenceNumber", record.SequenceNumber);
        if (record.SubSequenceNumber is { } sub)
            json.WriteNumber("subSequenceNumber", sub);
        json.WriteString("partitionKey", record.PartitionKey);
        json.WriteString("approximateArrivalTimestamp", record.ArrivalTime.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        var data = record.Data.Span;
        if (!Utf8.IsValid(data))
        {
            json.WriteBase64String("dataBase64", data);
            return;
        }
        json.WritePropertyName("data");
        if (IsObjectOnOneLine(data))
            json.WriteRawValue(data, skipInputValidation: true);
        else
            json.WriteStringValue(data);
    }

    /// <summary>JSON may hold line ends between its tokens; such a record would break the rule of one object a line.</summary>
    private static bool IsObjectOnOneLine(ReadOnlySpan<byte> data)
    {
        if (data.IndexOfAny((byte)'\n', (byte)'\r') >= 0 || data.TrimStart(" \t"u8) is not [(byte)'{' or (byte)'[', ..])
            return false;
        var reader = new Utf8JsonReader(data);
        try
        {
            while (reader.Read())
            {
                // Only the syntax matters.
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteOneLine(IBufferWriter<byte> line, ReadOnlySpan<byte> data)
    {
        while (data.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end)
        {
            line.Write(data[..end]);
            line.Write(data[end] == '\n' ? "\\n"u8 : "\\r"u8);
            data = data[(end + 1)..];
        }
        line.Write(data);
    }

    private static void WriteBase64(IBufferWriter<byte> line, ReadOnlySpan<byte> data)
    {
        var space = line.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length));
        Base64.EncodeToUtf8(data, space, out _, out var written);
        line.Advance(written);
    }
}
