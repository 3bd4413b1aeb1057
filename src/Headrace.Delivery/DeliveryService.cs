using Headrace.Buckets;
using Headrace.ControlPlane;
using Headrace.ShardLog;
using Headrace.Streams;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

public sealed record DeliveryOptions
{
    public required string Directory { get; init; }

    public Durability Durability { get; init; }

    public TimeSpan StateDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

public sealed class DeliveryService : IAsyncDisposable
{
    public static Task<DeliveryService> OpenAsync(DeliveryOptions options, ControlDatabase database, StreamCatalog streams, BucketStore buckets, ILogger log, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{options}{database}{streams}{buckets}{log}{cancellation}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
