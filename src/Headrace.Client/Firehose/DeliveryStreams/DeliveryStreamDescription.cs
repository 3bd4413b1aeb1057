using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A delivery stream.</summary>
public sealed record DeliveryStreamDescription
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>Its ARN.</summary>
    [JsonPropertyName("DeliveryStreamARN")]
    public required string DeliveryStreamArn { get; init; }

    /// <summary>Its state: <c>CREATING</c>, <c>CREATING_FAILED</c>, <c>DELETING</c>, <c>DELETING_FAILED</c> or <c>ACTIVE</c>.</summary>
    public required string DeliveryStreamStatus { get; init; }

    /// <summary>Why that failed.</summary>
    public FailureDescription? FailureDescription { get; init; }

    /// <summary>How records are encrypted while they wait.</summary>
    public DeliveryStreamEncryptionConfiguration? DeliveryStreamEncryptionConfiguration { get; init; }

    /// <summary>Where its records come from: <c>DirectPut</c>, <c>KinesisStreamAsSource</c>, <c>MSKAsSource</c> or <c>DatabaseAsSource</c>.</summary>
    public required string DeliveryStreamType { get; init; }

    /// <summary>The version, which changes with each update.</summary>
    public required string VersionId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreateTimestamp { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? LastUpdateTimestamp { get; init; }

    /// <summary>Where its records come from.</summary>
    public SourceDescription? Source { get; init; }

    /// <summary>Where its records go.</summary>
    public required IReadOnlyList<DestinationDescription> Destinations { get; init; }

    /// <summary>Whether there are more.</summary>
    public required bool HasMoreDestinations { get; init; }
}
