using Headrace.Delivery.ErrorLogs;
using Headrace.Delivery.Sources;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>What stands in a delivery stream's way now, and what failed on the way. Thread-safe.</summary>
internal sealed class StageReport(DeliveryStream stream, DeliveryLogs errors, ILogger log)
{
    private volatile string? _lastError;

    /// <summary>Why a stage stands still; null when it runs.</summary>
    public string? LastError => _lastError;

    /// <summary>Tells why a stage stands still; it is tried again. The same reason is told once.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="processor">The function that it failed at; null where it was at none.</param>
    public void Failed(Exception failure, string? processor = null)
    {
        var isNew = _lastError != failure.Message;
        _lastError = failure.Message;
        if (!isNew)
            return;
        if (failure is IOException or ObjectDisposedException)
            log.LogWarning("Delivery stream {Stream} stands still and is retried: {Reason}", stream.Name, failure.Message);
        else
            log.LogError(failure, "Delivery stream {Stream} stands still and is retried", stream.Name);
        errors.Write(stream, CodeOf(failure), failure.Message, processor);
    }

    /// <summary>Tells that records went to the error prefix; delivery goes on.</summary>
    /// <param name="records">How many.</param>
    /// <param name="code">AWS's code.</param>
    /// <param name="message">What was wrong with the first of them.</param>
    /// <param name="processor">The function that failed; null where none did.</param>
    public void Failed(int records, string code, string message, string? processor) =>
        errors.Write(stream, code, records == 1 ? message : FormattableString.Invariant($"{message} ({records} records)"), processor);

    public void Recovered()
    {
        if (_lastError is null)
            return;
        _lastError = null;
        log.LogInformation("Delivery stream {Stream} goes on", stream.Name);
    }

    private static string CodeOf(Exception failure) => failure switch
    {
        DeliveryStandstillException standstill => standstill.Code,
        SourceMissingException => "Kinesis.ResourceNotFound",
        _ => "InternalError",
    };
}
