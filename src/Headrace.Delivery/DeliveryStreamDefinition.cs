using Headrace.Delivery.Destinations;
using Headrace.Delivery.Sources;

namespace Headrace.Delivery;

/// <summary>What CreateDeliveryStream is given. Immutable.</summary>
public sealed record DeliveryStreamDefinition
{
    public required string Name { get; init; }

    public DeliveryStreamType Type { get; init; }

    public required S3Destination Destination { get; init; }

    /// <summary>The data stream to read; null for DirectPut.</summary>
    public KinesisStreamSource? KinesisSource { get; init; }

    /// <summary>The throughput that a DirectPut caller expects, in MB/s; kept and shown.</summary>
    public int? ThroughputHintMegabytes { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <exception cref="DeliveryException">InvalidArgument, naming the field.</exception>
    internal void Validate()
    {
        Destination.Validate();
        if (Type == DeliveryStreamType.KinesisStreamAsSource && KinesisSource is null)
            throw DeliveryException.InvalidArgument("KinesisStreamSourceConfiguration is required for KinesisStreamAsSource delivery stream type.");
        if (Type == DeliveryStreamType.DirectPut && KinesisSource is not null)
            throw DeliveryException.InvalidArgument("KinesisStreamSourceConfiguration is only applicable for KinesisStreamAsSource delivery stream type.");
        if (Type != DeliveryStreamType.DirectPut && ThroughputHintMegabytes is not null)
            throw DeliveryException.InvalidArgument("DirectPutSourceConfiguration is only applicable for DirectPut delivery stream type.");
        if (KinesisSource is { } source && !source.TryLocate(out _, out _))
            throw DeliveryException.InvalidArgument($"KinesisStreamARN {source.StreamArn} is not the ARN of a data stream.");
    }
}
