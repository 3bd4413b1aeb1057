using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A channel, as a list of them tells it.</summary>
public sealed record ChannelSummary
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

    /// <summary>What it delivers into: <c>S3</c> or <c>S3_TABLES</c>.</summary>
    public required string ChannelDestinationType { get; init; }

    /// <summary>The streams that it reads.</summary>
    public required IReadOnlyList<ChannelStreamIdentifier> Streams { get; init; }
}
