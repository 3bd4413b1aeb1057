using Headrace.Cli.Delivery;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary>What <c>headrace channels describe</c> shows.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Compaction">What becomes of its small objects; null where the service knows no such thing.</param>
internal sealed record DescribedChannel(ChannelDescription Channel, CompactionTags? Compaction);
