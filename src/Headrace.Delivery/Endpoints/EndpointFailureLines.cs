using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Endpoints;

/// <summary>Writes records that a web service did not take as AWS does: a line of JSON each.</summary>
internal static class EndpointFailureLines
{
    // What a reader of the object sees should be what was said, not escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(ObjectBuffer records, EndpointFailure failure)
    {
        var lines = new ArrayBufferWriter<byte>(records.Length * 2);
        for (var (i, from) = (0, 0); i < records.Ends.Count; from = records.Ends[i++])
        {
            using (var writer = new Utf8JsonWriter(lines, Options))
            {
                writer.WriteStartObject();
                writer.WriteNumber("attemptsMade", failure.Attempts);
                writer.WriteNumber("arrivalTimestamp", records.OldestArrivalUnixMs);
                writer.WriteString("errorCode", failure.Code);
                writer.WriteString("errorMessage", failure.Message);
                writer.WriteNumber("attemptEndingTimestamp", failure.EndedUnixMs);
                writer.WriteBase64String("rawData", records.Bytes.Span[from..records.Ends[i]]);
                writer.WriteEndObject();
            }
            lines.Write("\n"u8);
        }
        return lines.WrittenMemory;
    }
}
