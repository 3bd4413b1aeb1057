using Headrace.Client.Pipelines;

namespace Headrace.Client;

/// <summary>
/// What a Headrace server takes beyond AWS's APIs; the address, keys and region are those of Kinesis. Thread-safe. Every call throws
/// <see cref="KinesisException"/> for what the server refuses and <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed class HeadraceClient : IDisposable
{
    private readonly AwsJsonTransport _transport;

    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public HeadraceClient(ClientOptions options)
        : this(options, handler: null)
    {
    }

    internal HeadraceClient(ClientOptions options, HttpMessageHandler? handler) =>
        _transport = new AwsJsonTransport("kinesis", "Headrace_20261129", options, handler, TimeProvider.System);

    /// <summary>The address that this client talks to.</summary>
    public Uri Endpoint => _transport.Endpoint;

    /// <summary>Tells the server how far a worker of a pipeline is, so that its console shows it. Told about each second; silence means that the worker has gone.</summary>
    public Task ReportPipelineAsync(ReportPipelineRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ReportPipeline", request, PipelinesJson.Default.ReportPipelineRequest, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();
}
