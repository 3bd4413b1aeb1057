using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>What came out of steps that remember, each under its number.</summary>
/// <param name="Outputs">For destinations, in order.</param>
/// <param name="Failed">What came of no single record and failed: dead letters, in order.</param>
internal sealed record Outbox(IReadOnlyList<RoutedOutput> Outputs, IReadOnlyList<(long Number, Message Message, RecordFault Fault)> Failed)
{
    public bool IsEmpty => Outputs.Count == 0 && Failed.Count == 0;

    /// <summary>Reads what <see cref="Write"/> wrote into an object.</summary>
    public static Outbox Read(JsonElement state) => new(
        [.. state.GetProperty("outbox").EnumerateArray().Select(output =>
            new RoutedOutput(output[0].GetInt32(), Message.NoOrigin, output[2].GetBytesFromBase64(), output[1].GetString()!) { Number = output[3].GetInt64() })],
        [.. state.GetProperty("failed").EnumerateArray().Select(failed =>
            (failed[3].GetInt64(), new Message(Message.NoOrigin, failed[2].GetBytesFromBase64()), new RecordFault(failed[0].GetString()!, failed[1].GetString()!)))]);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("outbox");
        foreach (var output in Outputs)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(output.Destination);
            writer.WriteStringValue(output.PartitionKey);
            writer.WriteBase64StringValue(output.Json.Span);
            writer.WriteNumberValue(output.Number);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("failed");
        foreach (var (number, message, fault) in Failed)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(fault.Stage);
            writer.WriteStringValue(fault.Reason);
            writer.WriteBase64StringValue(message.Json.Span);
            writer.WriteNumberValue(number);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }
}
