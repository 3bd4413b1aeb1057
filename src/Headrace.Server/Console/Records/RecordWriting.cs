using System.Text.Json;
using Headrace.Protocol.Aggregation;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Console.Records;

/// <summary>Writes records for the console, aggregates taken apart. Not thread-safe.</summary>
internal sealed class RecordWriting
{
    private readonly AggregateReader _aggregates = new();

    public void Write(Utf8JsonWriter writer, Shard shard, RecordView record)
    {
        writer.WriteStartObject();
        writer.WriteString("shard", shard.Id);
        writer.WriteString("sequenceNumber", SequenceNumber.OfRecord(shard, record.Position, record.ArrivalUnixMs).ToString());
        writer.WriteNumber("arrivedAt", record.ArrivalUnixMs);
        writer.WriteString("partitionKey", record.Key);
        writer.WriteNumber("bytes", record.Data.Length);
        if (AggregateFormat.HasMagic(record.Data) && _aggregates.TryRead(record.Data.ToArray()))
            WriteUserRecords(writer);
        else
            writer.WriteBase64String("data", record.Data);
        writer.WriteEndObject();
    }

    private void WriteUserRecords(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("userRecords");
        for (var i = 0; i < _aggregates.Count; i++)
        {
            var record = _aggregates[i];
            writer.WriteStartObject();
            writer.WriteString("partitionKey", record.PartitionKey.Span);
            if (record.ExplicitHashKey.Length > 0)
                writer.WriteString("explicitHashKey", record.ExplicitHashKey.Span);
            writer.WriteBase64String("data", record.Data.Span);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
