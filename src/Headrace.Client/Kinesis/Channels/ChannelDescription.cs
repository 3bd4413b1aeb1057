using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A channel.</summary>
public sealed record ChannelDescription
{
    /// <summary>The channel's name. Up to 128 characters.</summary>
    public required string ChannelName { get; init; }

    /// <summary>The channel, by its ARN.</summary>
    [JsonPropertyName("ChannelARN")]
    public required string ChannelArn { get; init; }

    /// <summary>The id that no other channel has.</summary>
    public required string ChannelId { get; init; }

    /// <summary>Its state: <c>CREATING</c>, <c>ACTIVE</c>, <c>UPDATING</c>, <c>DELETING</c> or <c>FAILED</c>.</summary>
    public required string ChannelStatus { get; init; }

    /// <summary>Why it is in this state, where there is something to tell.</summary>
    public string? ChannelStatusReason { get; init; }

    /// <summary>When the channel was created.</summary>
    public required DateTimeOffset ChannelCreationTimestamp { get; init; }

    /// <summary>The role that records are delivered with.</summary>
    [JsonPropertyName("ServiceExecutionRoleARN")]
    public required string ServiceExecutionRoleArn { get; init; }

    /// <summary>The streams that it reads.</summary>
    public required IReadOnlyList<ChannelStreamDescription> StreamConfigurationList { get; init; }

    /// <summary>The bucket that it delivers into.</summary>
    public S3DestinationDescription? S3DestinationConfiguration { get; init; }

    /// <summary>The tables that it delivers into.</summary>
    public S3TablesDestinationDescription? S3TablesDestinationConfiguration { get; init; }

    /// <summary>How what is delivered is encrypted.</summary>
    public ChannelEncryptionConfiguration? EncryptionConfiguration { get; init; }

    /// <summary>Where its errors are logged.</summary>
    public required ChannelLoggingConfiguration LoggingConfiguration { get; init; }
}
