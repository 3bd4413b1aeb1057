using System.Buffers;
using System.Text.Json;

namespace Headrace.Delivery.Processing;

/// <summary>Leaves of CloudWatch Logs' records their messages alone, a line each.</summary>
internal sealed class LogMessageStep : IProcessingStep
{
    private readonly ArrayBufferWriter<byte> _messages = new();

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) =>
        {
            _messages.ResetWrittenCount();
            if (!TryExtract(batch.Arena.MemoryOf(record.Data)))
                batch.Fail(record, "CloudWatchLogProcessing.InvalidData", "The record is not a record of CloudWatch Logs");
            else if (_messages.WrittenCount > 0)
                next.Add(record with { Data = batch.Arena.Add(_messages.WrittenSpan) });
        });
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }

    /// <summary>Control messages hold nothing to deliver.</summary>
    private bool TryExtract(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("logEvents", out var events) || events.ValueKind != JsonValueKind.Array)
                return false;
            if (document.RootElement.TryGetProperty("messageType", out var type) && type.ValueEquals("CONTROL_MESSAGE"))
                return true;
            foreach (var entry in events.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
                    return false;
                _messages.Write(System.Text.Encoding.UTF8.GetBytes(message.GetString()!));
                _messages.Write("\n"u8);
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
