using System.Buffers;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>A record that could not go where it should, and why: one line of JSON that holds the record whole.</summary>
internal sealed record DeadLetter(RecordFault Fault, string SourceStream, ConsumedRecord Record)
{
    /// <summary>The letters of one source shard that come one after the other, for one reason: in such a series numbers rise.</summary>
    public string Series { get; init; } = "";

    /// <summary>The lane that brings it: one that has a shard again after somebody else had it begins anew, at a lower number than it had come to.</summary>
    public object? Lane { get; init; }

    /// <summary>The letter's number in its series; <see cref="OutputNumber.None"/>: it has none.</summary>
    public long Number { get; init; } = OutputNumber.None;

    /// <summary>The letter as UTF-8 JSON without a newline.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>(256 + (Record.Data.Length * 4 / 3));
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("reason", Fault.Reason);
            writer.WriteString("stage", Fault.Stage);
            writer.WriteString("sourceStream", SourceStream);
            writer.WriteString("shardId", Record.ShardId);
            writer.WriteString("sequenceNumber", Record.SequenceNumber);
            if (Record.SubSequenceNumber is { } sub)
                writer.WriteNumber("subSequenceNumber", sub);
            writer.WriteString("partitionKey", Record.PartitionKey);
            writer.WriteBase64String("dataBase64", Record.Data.Span);
            writer.WriteEndObject();
        }
        return bytes.WrittenMemory;
    }

    /// <summary>Reads a letter back.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static DeadLetter Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var letter = document.RootElement;
            string Text(string name) => letter.GetProperty(name).GetString() ?? "";
            var record = new ConsumedRecord(
                Text("shardId"), Text("sequenceNumber"), Text("partitionKey"), letter.GetProperty("dataBase64").GetBytesFromBase64(), DateTimeOffset.UnixEpoch, 0)
            {
                SubSequenceNumber = letter.TryGetProperty("subSequenceNumber", out var sub) ? sub.GetInt32() : null,
            };
            return new DeadLetter(new RecordFault(Text("stage"), Text("reason")), Text("sourceStream"), record);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"no dead letter: {e.Message}", e);
        }
    }
}
