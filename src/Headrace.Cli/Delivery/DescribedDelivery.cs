using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary>What <c>headrace delivery describe</c> shows.</summary>
/// <param name="Stream">The delivery stream.</param>
/// <param name="Compaction">What becomes of its small objects; null where the service knows no such thing.</param>
internal sealed record DescribedDelivery(DeliveryStreamSummary Stream, CompactionTags? Compaction);
