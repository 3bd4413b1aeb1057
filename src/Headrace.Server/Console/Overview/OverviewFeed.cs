using Headrace.Buckets;
using Headrace.Delivery;
using Headrace.Server.AwsJson;
using Headrace.Server.Pipelines;
using Headrace.Streams;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Overview;

/// <summary>
/// The whole system at a glance, once or each second. Counts only ever grow, and the page makes rates of them. It looks only
/// while somebody watches, and at what is kept anyway, so that it costs puts nothing. Thread-safe.
/// </summary>
internal sealed class OverviewFeed(StreamCatalog streams, DeliveryService delivery, BucketStore buckets, PipelineBook pipelines, ServerSentEvents events, TimeProvider time)
{
    private const int MaxDeliveryStreams = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public Task RespondAsync(HttpContext http, Caller caller) => ConsoleJson.RespondAsync(http, Look(caller).Write);

    public Task FollowAsync(HttpContext http, Caller caller) => events.RespondAsync(http, async (emit, cancellation) =>
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await emit("overview", Look(caller).Write);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    });

    private OverviewSnapshot Look(Caller caller) => new(
        time.GetUtcNow(),
        caller.Scope,
        [.. streams.List(caller.Scope).Select(stream => (stream, StreamCounts.Of(stream)))],
        [.. Deliveries(caller), .. delivery.ChannelsOf(caller.Scope).Select(static channel => channel.Stream)],
        buckets.ListBuckets(caller.Scope.AccountId),
        pipelines.Look(caller.Scope));

    /// <summary>One that is deleted between the list and the look is left out.</summary>
    private IEnumerable<DeliveryStream> Deliveries(Caller caller)
    {
        foreach (var name in delivery.List(caller.Scope, null, null, MaxDeliveryStreams).Names)
        {
            DeliveryStream stream;
            try
            {
                stream = delivery.Get(caller.Scope, name);
            }
            catch (DeliveryException failure) when (failure.Fault == DeliveryFault.ResourceNotFound)
            {
                continue;
            }
            yield return stream;
        }
    }
}
