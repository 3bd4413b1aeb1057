namespace Headrace.Client.Firehose;

/// <summary>What <c>ListDeliveryStreams</c> answers.</summary>
public sealed record ListDeliveryStreamsResponse
{
    /// <summary>Names of delivery streams.</summary>
    public required IReadOnlyList<string> DeliveryStreamNames { get; init; }

    /// <summary>Whether the list goes on behind these.</summary>
    public required bool HasMoreDeliveryStreams { get; init; }
}
