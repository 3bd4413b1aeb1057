using System.Collections.Concurrent;
using System.Diagnostics;
using Headrace.Client;

namespace Headrace.EndToEnd.Tests.Client;

/// <summary>Hears which operations the library calls, as anybody who traces it does.</summary>
internal sealed class CalledOperations : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
    private readonly ActivityListener _listener;

    /// <param name="service"><c>kinesis</c> or <c>firehose</c>.</param>
    public CalledOperations(string service)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ClientTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("rpc.service") is string of && of == service && activity.Status != ActivityStatusCode.Error)
                    _names[(string)activity.GetTagItem("rpc.method")!] = true;
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Those that succeeded, in the order of their names.</summary>
    public IEnumerable<string> Names => _names.Keys.Order(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();
}
