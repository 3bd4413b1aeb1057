using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>What stands in a delivery stream's way now. Thread-safe.</summary>
internal sealed class StageReport(string stream, ILogger log)
{
    private volatile string? _lastError;

    /// <summary>Why a stage stands still; null when it runs.</summary>
    public string? LastError => _lastError;

    public void Failed(Exception failure)
    {
        var isNew = _lastError != failure.Message;
        _lastError = failure.Message;
        if (!isNew)
            return;
        if (failure is IOException or ObjectDisposedException)
            log.LogWarning("Delivery stream {Stream} stands still and is retried: {Reason}", stream, failure.Message);
        else
            log.LogError(failure, "Delivery stream {Stream} stands still and is retried", stream);
    }

    public void Recovered()
    {
        if (_lastError is null)
            return;
        _lastError = null;
        log.LogInformation("Delivery stream {Stream} goes on", stream);
    }
}
