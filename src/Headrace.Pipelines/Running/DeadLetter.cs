using System.Buffers;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>A record that could not go where it should, and why: one line of JSON that holds the record whole.</summary>
/// <param name="Stage"><c>transform</c> or <c>put</c>.</param>
internal sealed record DeadLetter(string Reason, string Stage, string SourceStream, ConsumedRecord Record)
{
    /// <summary>The letter as UTF-8 JSON without a newline.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>(256 + (Record.Data.Length * 4 / 3));
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("reason", Reason);
            writer.WriteString("stage", Stage);
            writer.WriteString("sourceStream", SourceStream);
            writer.WriteString("shardId", Record.ShardId);
            writer.WriteString("sequenceNumber", Record.SequenceNumber);
            writer.WriteString("partitionKey", Record.PartitionKey);
            writer.WriteBase64String("dataBase64", Record.Data.Span);
            writer.WriteEndObject();
        }
        return bytes.WrittenMemory;
    }
}
