using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateChannel</c> is asked.</summary>
public sealed record UpdateChannelRequest
{
    /// <summary>The channel, by its ARN.</summary>
    [JsonPropertyName("ChannelARN")]
    public required string ChannelArn { get; init; }

    /// <summary>What changes of its bucket.</summary>
    public S3DestinationUpdateInput? S3DestinationConfiguration { get; init; }

    /// <summary>What changes of its tables.</summary>
    public S3TablesDestinationUpdateInput? S3TablesDestinationConfiguration { get; init; }

    /// <summary>Where its errors are logged from now on.</summary>
    public ChannelLoggingUpdateInput? LoggingConfiguration { get; init; }
}
