using System.Buffers;
using System.Text.Json;
using Headrace.Delivery.Processing;
using Headrace.Delivery.Sources;

namespace Headrace.Delivery.Functions;

/// <summary>Writes the events that a function gets: some of a batch's records each.</summary>
internal sealed class FunctionRequest(DeliveryStream stream, IRecordSource source)
{
    // A record's JSON beside its data.
    private const int RecordOverhead = 512;

    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>How many of the records from <paramref name="from"/> on one event holds.</summary>
    public static int CountFrom(IReadOnlyList<WorkRecord> records, int from)
    {
        long bytes = RecordOverhead;
        var count = 0;
        while (from + count < records.Count)
        {
            bytes += RecordOverhead + ((records[from + count].Data.Length + 2) / 3 * 4);
            if (count > 0 && bytes > FunctionEndpoint.MaxPayloadBytes)
                break;
            count++;
        }
        return count;
    }

    /// <summary>An event; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Of(WorkBatch batch, int from, int count)
    {
        _json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_json);
        writer.WriteStartObject();
        writer.WriteString("invocationId", Guid.NewGuid());
        writer.WriteString("deliveryStreamArn", stream.Arn);
        if (stream.KinesisSource is { } kinesis)
            writer.WriteString("sourceKinesisStreamArn", kinesis.StreamArn);
        writer.WriteString("region", stream.Scope.Region);
        writer.WriteStartArray("records");
        for (var i = from; i < from + count; i++)
            Write(writer, batch, batch.Records[i], i);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return _json.WrittenMemory;
    }

    /// <summary>Tells a record from all others of its batch, by its number in its source and its place in the batch.</summary>
    public string IdOf(WorkRecord record, int index) => $"{NumberOf(record.Origin)}{index:D6}";

    private string NumberOf(RecordOrigin origin) => source.NumberOf(origin.Shard, origin.Position, origin.ArrivalUnixMs);

    private void Write(Utf8JsonWriter writer, WorkBatch batch, WorkRecord record, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("recordId", IdOf(record, index));
        writer.WriteNumber("approximateArrivalTimestamp", record.Origin.ArrivalUnixMs);
        writer.WriteBase64String("data", batch.Arena[record.Data]);
        if (stream.KinesisSource is not null)
        {
            writer.WriteStartObject("kinesisRecordMetadata");
            writer.WriteString("shardId", $"shardId-{record.Origin.Shard:D12}");
            writer.WriteString("partitionKey", batch.Arena[record.Key]);
            writer.WriteNumber("approximateArrivalTimestamp", record.Origin.ArrivalUnixMs);
            writer.WriteString("sequenceNumber", NumberOf(record.Origin));
            writer.WriteNumber("subsequenceNumber", record.Origin.SubSequence);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
