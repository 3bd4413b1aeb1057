using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A data stream to read.</summary>
public sealed record KinesisStreamSourceConfiguration
{
    /// <summary>The data stream.</summary>
    [JsonPropertyName("KinesisStreamARN")]
    public required string KinesisStreamArn { get; init; }

    /// <summary>The role to act as.</summary>
    [JsonPropertyName("RoleARN")]
    public required string RoleArn { get; init; }
}
