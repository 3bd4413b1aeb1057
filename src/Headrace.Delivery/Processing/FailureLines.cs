using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headrace.Delivery.Conversion;

namespace Headrace.Delivery.Processing;

/// <summary>Writes failed records as AWS does: a line of JSON each.</summary>
internal static class FailureLines
{
    // What a reader of the object sees should be what was said, not escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="to">Where to.</param>
    /// <param name="failed">The record and why.</param>
    /// <param name="rawData">The record as it came.</param>
    /// <param name="sequenceNumber">Its number in its source.</param>
    /// <param name="nowUnixMs">When it was given up.</param>
    public static void Write(ArrayBufferWriter<byte> to, FailedRecord failed, ReadOnlySpan<byte> rawData, string sequenceNumber, long nowUnixMs)
    {
        using (var writer = new Utf8JsonWriter(to, Options))
        {
            if (failed.Table is { } table)
                WriteConversion(writer, failed, table, rawData, sequenceNumber, nowUnixMs);
            else
                WriteProcessing(writer, failed, rawData, nowUnixMs);
        }
        to.Write("\n"u8);
    }

    private static void WriteProcessing(Utf8JsonWriter writer, FailedRecord failed, ReadOnlySpan<byte> rawData, long nowUnixMs)
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

    private static void WriteConversion(Utf8JsonWriter writer, FailedRecord failed, ConversionTable table, ReadOnlySpan<byte> rawData, string sequenceNumber, long nowUnixMs)
    {
        writer.WriteStartObject();
        writer.WriteNumber("attemptsMade", failed.Attempts);
        writer.WriteNumber("arrivalTimestamp", failed.Record.Origin.ArrivalUnixMs);
        writer.WriteString("lastErrorCode", failed.ErrorCode);
        writer.WriteString("lastErrorMessage", failed.ErrorMessage);
        writer.WriteNumber("attemptEndingTimestamp", nowUnixMs);
        writer.WriteBase64String("rawData", rawData);
        writer.WriteString("sequenceNumber", sequenceNumber);
        writer.WriteNumber("subSequenceNumber", failed.Record.Origin.SubSequence);
        writer.WriteStartObject("dataCatalogTable");
        writer.WriteString("catalogId", table.CatalogId);
        writer.WriteString("databaseName", table.Database);
        writer.WriteString("tableName", table.Name);
        writer.WriteString("region", table.Region);
        writer.WriteString("versionId", table.Version);
        writer.WriteString("catalogArn", $"arn:aws:glue:{table.Region}:{table.CatalogId}:catalog");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
