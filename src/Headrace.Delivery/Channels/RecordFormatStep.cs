using System.Text.Unicode;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Channels;

/// <summary>Lets through what is of a channel's format.</summary>
internal sealed class RecordFormatStep(RecordFormat format) : IProcessingStep
{
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
        RecordFormat.Json => JsonRecords.IsOne(data),
        RecordFormat.String => Utf8.IsValid(data),
        _ => true,
    };
}
