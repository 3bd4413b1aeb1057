using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>Where records go.</summary>
public sealed record DestinationDescription
{
    /// <summary>The destination, from its description.</summary>
    public required string DestinationId { get; init; }

    /// <summary>A bucket, told in the older form.</summary>
    public S3DestinationDescription? S3DestinationDescription { get; init; }

    /// <summary>A bucket.</summary>
    public ExtendedS3DestinationDescription? ExtendedS3DestinationDescription { get; init; }

    /// <summary>Members that this library has no type for, such as those of other destinations, by their names in the API.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
