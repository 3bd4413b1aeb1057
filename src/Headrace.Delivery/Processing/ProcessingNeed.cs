using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Processing;

/// <summary>Tells whether a destination takes records as they come.</summary>
internal static class ProcessingNeed
{
    /// <summary>True where something happens to records first, so that they go through the log of processed ones.</summary>
    public static bool Of(S3Destination destination) =>
        destination.Processing is { Enabled: true, Processors.Count: > 0 } || destination.IsConverted || destination.Endpoint is not null
        || destination.Channel is { RecordFormat: not RecordFormat.ByteArray } || destination is { BacksUp: true, Backup: not null };
}
