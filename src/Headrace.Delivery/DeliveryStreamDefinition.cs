using Headrace.Delivery.Destinations;
using Headrace.Delivery.Encryption;
using Headrace.Delivery.Sources;

namespace Headrace.Delivery;

/// <summary>What CreateDeliveryStream is given. Immutable.</summary>
public sealed record DeliveryStreamDefinition
{
    internal const string EncryptionIsForDirectPut =
        "Server side encryption from firehose is only allowed for direct put delivery streams and database as a source delivery streams";

    public required string Name { get; init; }

    public DeliveryStreamType Type { get; init; }

    public required S3Destination Destination { get; init; }

    /// <summary>The data stream to read; null for DirectPut.</summary>
    public KinesisStreamSource? KinesisSource { get; init; }

    /// <summary>The throughput that a DirectPut caller expects, in MB/s; kept and shown.</summary>
    public int? ThroughputHintMegabytes { get; init; }

    /// <summary>Whose key encrypts the records from the beginning; null for none.</summary>
    public KeyType? EncryptionKey { get; init; }

    public string? EncryptionKeyArn { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <param name="region">Where it is to be.</param>
    /// <exception cref="DeliveryException">InvalidArgument, naming the field.</exception>
    internal void Validate(string region)
    {
        if (Type == DeliveryStreamType.KinesisStreamAsSource && KinesisSource is null)
            throw DeliveryException.InvalidArgument("KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.");
        if (Type == DeliveryStreamType.DirectPut && KinesisSource is not null)
            throw DeliveryException.InvalidArgument("KinesisStreamSourceConfiguration is only applicable for KinesisStreamAsSource delivery stream type.");
        if (Type != DeliveryStreamType.DirectPut && ThroughputHintMegabytes is not null)
            throw DeliveryException.InvalidArgument("DirectPutSourceConfiguration is only applicable for DirectPut delivery stream type.");
        if (KinesisSource is { } source && !source.TryLocate(out _, out _))
            throw DeliveryException.InvalidArgument($"KinesisStreamARN {source.StreamArn} is not the ARN of a data stream.");
        if (EncryptionKey is { } key)
        {
            if (Type != DeliveryStreamType.DirectPut)
                throw DeliveryException.InvalidArgument(EncryptionIsForDirectPut);
            StreamEncryption.Check(key, EncryptionKeyArn, region);
        }
        DestinationRules.Check(Destination);
    }
}
