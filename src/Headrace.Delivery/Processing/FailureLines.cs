using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Delivery.Processing;

/// <summary>Writes failed records as AWS does: a line of JSON each.</summary>
internal static class FailureLines
{
    // What a reader of the object sees should be what was said, not escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ArrayBufferWriter<byte> to, FailedRecord failed, ReadOnlySpan<byte> rawData, long nowUnixMs)
    {
        using (var writer = new Utf8JsonWriter(to, Options))
        {
            writer.WriteStartObject();
            writer.WriteBase64String("rawData", rawData);
            writer.WriteString("errorCode", failed.ErrorCode);
            writer.WriteString("errorMessage", failed.ErrorMessage);
            writer.WriteNumber("attemptsMade", failed.Attempts);
            writer.WriteNumber("arrivalTimestamp", failed.Record.Origin.ArrivalUnixMs);
            writer.WriteNumber("attemptEndingTimestamp", nowUnixMs);
            if (failed.LambdaArn is not null)
                writer.WriteString("lambdaARN", failed.LambdaArn);
            writer.WriteEndObject();
        }
        to.Write("\n"u8);
    }
}
