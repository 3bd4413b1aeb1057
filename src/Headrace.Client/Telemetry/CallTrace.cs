using System.Diagnostics;

namespace Headrace.Client;

/// <summary>One call as activity and measurement tell of it. Its end is its disposal.</summary>
internal readonly struct CallTrace : IDisposable
{
    private readonly Activity? _activity;
    private readonly string _service;
    private readonly string _operation;
    private readonly long _started;

    public CallTrace(string service, string operation, Uri endpoint)
    {
        (_service, _operation, _started) = (service, operation, Stopwatch.GetTimestamp());
        // The name is only made where somebody listens.
        _activity = ClientTelemetry.Activities.HasListeners() ? ClientTelemetry.Activities.StartActivity($"{service}.{operation}", ActivityKind.Client) : null;
        _activity?.SetTag("rpc.system", "aws-api").SetTag("rpc.service", service).SetTag("rpc.method", operation)
            .SetTag("server.address", endpoint.Host).SetTag("server.port", endpoint.Port);
    }

    public void Retry(Exception failure)
    {
        var type = TypeOf(failure);
        _activity?.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["error.type"] = type }));
        ClientTelemetry.Retries.Add(1, new("rpc.service", _service), new("rpc.method", _operation), new("error.type", type));
    }

    public void Succeed() => Measure(errorType: null);

    public void Fail(Exception failure)
    {
        var type = TypeOf(failure);
        _activity?.SetStatus(ActivityStatusCode.Error, failure.Message).SetTag("error.type", type)
            .SetTag("aws.request_id", (failure as KinesisException)?.RequestId);
        Measure(type);
    }

    public void Dispose() => _activity?.Dispose();

    private static string TypeOf(Exception failure) => failure is KinesisException refused ? refused.ErrorType : failure.GetType().Name;

    private void Measure(string? errorType)
    {
        if (!ClientTelemetry.CallDuration.Enabled)
            return;
        var tags = new TagList { { "rpc.service", _service }, { "rpc.method", _operation } };
        if (errorType is not null)
            tags.Add("error.type", errorType);
        ClientTelemetry.CallDuration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);
    }
}
