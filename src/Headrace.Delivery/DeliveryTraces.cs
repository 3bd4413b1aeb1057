using System.Diagnostics;
using Headrace.Delivery.Progress;
using Headrace.ShardLog.Tracing;

namespace Headrace.Delivery;

/// <summary>What delivery tells of itself in traces. Costs nothing until somebody listens.</summary>
public static class DeliveryTraces
{
    /// <summary>The activity source's name.</summary>
    public const string SourceName = "Headrace.Delivery";

    /// <summary>An object may hold the records of very many puts.</summary>
    private const int MostLinks = 128;

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the delivery of objects, linked to the puts that their records came by; null when nobody listens.</summary>
    /// <param name="stream">Whose objects they are.</param>
    /// <param name="pending">The objects.</param>
    /// <param name="appends">The traces of the records' source; null where those are no puts, behind processors.</param>
    internal static Activity? Begin(DeliveryStream stream, List<PendingObject> pending, TracedAppends? appends)
    {
        if (!Source.HasListeners())
            return null;
        var links = appends is null
            ? []
            : pending.SelectMany(static item => item.Ranges)
                .SelectMany(range => appends.Of(range.Shard, range.From, range.To, MostLinks))
                .Distinct()
                .Take(MostLinks)
                .Select(static trace => new ActivityLink(trace));
        var activity = Source.StartActivity(ActivityKind.Producer, name: "Firehose.DeliverToS3", parentContext: default, links: links);
        activity?.SetTag("aws.firehose.delivery_stream_name", stream.Name)
            .SetTag("cloud.region", stream.Scope.Region)
            .SetTag("aws.s3.bucket", pending[0].Bucket)
            .SetTag("aws.s3.key", pending[0].Key)
            .SetTag("headrace.objects", pending.Count);
        return activity;
    }
}
