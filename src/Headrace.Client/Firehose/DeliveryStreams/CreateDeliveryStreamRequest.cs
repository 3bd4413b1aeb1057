using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>What <c>CreateDeliveryStream</c> is asked.</summary>
public sealed record CreateDeliveryStreamRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>Where its records come from: <c>DirectPut</c>, <c>KinesisStreamAsSource</c>, <c>MSKAsSource</c> or <c>DatabaseAsSource</c>.</summary>
    public string? DeliveryStreamType { get; init; }

    /// <summary>What to expect of direct puts.</summary>
    public DirectPutSourceConfiguration? DirectPutSourceConfiguration { get; init; }

    /// <summary>The data stream to read.</summary>
    public KinesisStreamSourceConfiguration? KinesisStreamSourceConfiguration { get; init; }

    /// <summary>How records are encrypted while they wait.</summary>
    public DeliveryStreamEncryption? DeliveryStreamEncryptionConfigurationInput { get; init; }

    /// <summary>The bucket to deliver into, told in the older form.</summary>
    public S3DestinationConfiguration? S3DestinationConfiguration { get; init; }

    /// <summary>The bucket to deliver into.</summary>
    public ExtendedS3DestinationConfiguration? ExtendedS3DestinationConfiguration { get; init; }

    /// <summary>Tags. 1 to 50 of them.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Members that this library has no type for, such as those of other sources and destinations, by their names in the API.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
