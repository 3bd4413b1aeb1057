using Headrace.ControlPlane;
using Microsoft.Extensions.Logging;

namespace Headrace.Streams;

/// <summary>All data streams of all accounts and regions. Thread-safe.</summary>
public sealed class StreamCatalog : IAsyncDisposable
{
    public static Task<StreamCatalog> OpenAsync(StreamsOptions options, ControlDatabase database, ILogger log, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{options}{database}{log}{cancellation}");

    /// <summary>The stream of that name in any state; null when there is none.</summary>
    public DataStream? Find(AccountScope scope, string name) => throw new NotSupportedException($"{scope}{name}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
