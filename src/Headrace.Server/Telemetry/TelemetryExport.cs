using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Headrace.Server.Telemetry;

/// <summary>
/// Sends metrics and traces by OTLP where OpenTelemetry's environment variables say so (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its
/// like); otherwise nothing of it exists. One owner disposes it, which sends what is left.
/// </summary>
public sealed class TelemetryExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private TelemetryExport(MeterProvider? metrics, TracerProvider? traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    /// <summary>Begins to send what is asked for.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="service">What the program calls itself.</param>
    /// <param name="sources">Where its traces come from.</param>
    public static TelemetryExport Start(Func<string, string?> variable, string service, params string[] sources)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return new TelemetryExport(null, null);
        // A name in OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES wins over ours.
        var resource = ResourceBuilder.CreateEmpty().AddService(service, autoGenerateServiceInstanceId: false).AddTelemetrySdk().AddEnvironmentVariableDetector();
        var metrics = IsWanted(variable, "METRICS")
            ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter("Headrace.*").AddOtlpExporter().Build()
            : null;
        var traces = IsWanted(variable, "TRACES")
            ? Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(sources).AddOtlpExporter().Build()
            : null;
        return new TelemetryExport(metrics, traces);
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static bool IsWanted(Func<string, string?> variable, string signal) =>
        !string.Equals(variable($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
        && (variable(Endpoint) is { Length: > 0 } || variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { Length: > 0 });
}
