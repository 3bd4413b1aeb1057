using System.Text.Json;
using System.Text.Unicode;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Channels;

/// <summary>Lets through what is of a channel's format.</summary>
internal sealed class RecordFormatStep(RecordFormat format) : IProcessingStep
{
    private static readonly JsonReaderOptions Json = new() { MaxDepth = 1_000 };

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) =>
        {
            if (IsValid(batch.Arena[record.Data]))
                next.Add(record);
            else
                batch.Failed.Add(new FailedRecord(record, ErrorOutputTypes.FormatValidationFailed, "Channel.InvalidRecordFormat", $"The record is not valid {(format == RecordFormat.Json ? "JSON" : "UTF-8")}"));
        });
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }

    private bool IsValid(ReadOnlySpan<byte> data) => format switch
    {
        RecordFormat.Json => Utf8.IsValid(data) && IsJson(data),
        RecordFormat.String => Utf8.IsValid(data),
        _ => true,
    };

    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, Json);
        try
        {
            var isThere = false;
            while (reader.Read())
                isThere = true;
            return isThere;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
