using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>What the library logs.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Information, "{Operation} failed in attempt {Attempt}, trying again in {Wait}: {Reason}")]
    public static partial void Retrying(this ILogger log, string operation, int attempt, TimeSpan wait, string reason);

    [LoggerMessage(2, LogLevel.Warning, "This machine's clock differs from {Endpoint}'s by {Offset}; requests are signed by the latter from now on")]
    public static partial void ClockCorrected(this ILogger log, Uri endpoint, TimeSpan offset);

    [LoggerMessage(3, LogLevel.Error, "{Records} records of stream {Stream} were given up")]
    public static partial void RecordsGivenUp(this ILogger log, Exception failure, int records, string stream);

    [LoggerMessage(4, LogLevel.Information, "{Records} records of stream {Stream} are put again: {Reason}")]
    public static partial void RecordsPutAgain(this ILogger log, int records, string stream, string reason);

    [LoggerMessage(5, LogLevel.Error, "OnLost failed")]
    public static partial void OnLostFailed(this ILogger log, Exception failure);
}
