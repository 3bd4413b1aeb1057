using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>What <c>UpdateDestination</c> is asked.</summary>
public sealed record UpdateDestinationRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>The version that the change is made to, from its description.</summary>
    public required string CurrentDeliveryStreamVersionId { get; init; }

    /// <summary>The destination, from its description.</summary>
    public required string DestinationId { get; init; }

    /// <summary>What changes, told in the older form.</summary>
    public S3DestinationUpdate? S3DestinationUpdate { get; init; }

    /// <summary>What changes.</summary>
    public ExtendedS3DestinationUpdate? ExtendedS3DestinationUpdate { get; init; }

    /// <summary>Members that this library has no type for, such as those of other destinations, by their names in the API.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
