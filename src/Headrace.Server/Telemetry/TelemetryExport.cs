using Headrace.Delivery;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Headrace.Server.Telemetry;

/// <summary>
/// Sends metrics and traces by OTLP where OpenTelemetry's environment variables say so (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its
/// like); otherwise nothing of it exists. One owner disposes it, which sends what is left.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private TelemetryExport(MeterProvider? metrics, TracerProvider? traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    /// <param name="variable">Reads an environment variable.</param>
    public static TelemetryExport Start(Func<string, string?> variable)
    {
        if (string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return new TelemetryExport(null, null);
        // A name in OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES wins over ours.
        var resource = ResourceBuilder.CreateEmpty().AddService("headrace", autoGenerateServiceInstanceId: false).AddTelemetrySdk().AddEnvironmentVariableDetector();
        var metrics = IsWanted(variable, "METRICS")
            ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter("Headrace.*").AddOtlpExporter().Build()
            : null;
        var traces = IsWanted(variable, "TRACES")
            ? Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Microsoft.AspNetCore", DeliveryTraces.SourceName).AddOtlpExporter().Build()
            : null;
        return new TelemetryExport(metrics, traces);
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static bool IsWanted(Func<string, string?> variable, string signal) =>
        !string.Equals(variable($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
        && (variable(Endpoint) is { Length: > 0 } || variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { Length: > 0 });
}
