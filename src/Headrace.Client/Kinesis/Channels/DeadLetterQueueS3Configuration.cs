using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>Where a channel puts records that it cannot deliver.</summary>
public sealed record DeadLetterQueueS3Configuration
{
    /// <summary>The bucket.</summary>
    [JsonPropertyName("BucketARN")]
    public required string BucketArn { get; init; }

    /// <summary>The account that the bucket must belong to, 12 digits.</summary>
    public required string ExpectedBucketOwner { get; init; }

    /// <summary>What the objects' keys begin with.</summary>
    public string? ErrorOutputPrefix { get; init; }
}
