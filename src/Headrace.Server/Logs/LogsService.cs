using Headrace.Delivery.ErrorLogs;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Logs;

/// <summary>As much of CloudWatch Logs on the wire as shows what went wrong with deliveries.</summary>
internal static class LogsService
{
    private const int MaxBodyBytes = 1 << 20;

    public static AwsJsonService Create(DeliveryLogs logs) => new("Logs_20140328", MaxBodyBytes, Translate,
    [
        new DescribeLogGroups(logs),
        new DescribeLogStreams(logs),
        new GetLogEvents(logs),
        new FilterLogEvents(logs),
    ]);

    private static WireException? Translate(Exception failure) =>
        failure is ObjectDisposedException ? new WireException(503, "ServiceUnavailableException", "The server is stopping.") : null;
}
