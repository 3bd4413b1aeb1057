using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What a channel writes into its bucket.</summary>
public sealed record S3StorageConfiguration
{
    /// <summary>The bucket.</summary>
    [JsonPropertyName("BucketARN")]
    public required string BucketArn { get; init; }

    /// <summary>The account that the bucket must belong to, 12 digits.</summary>
    public required string ExpectedBucketOwner { get; init; }

    /// <summary>The objects' keys, with variables such as <c>!{stream-name}</c>, <c>!{yyyy}</c> and <c>!{extension}</c>.</summary>
    public string? OutputKeyTemplate { get; init; }

    /// <summary>Their storage class: <c>STANDARD</c>, <c>INTELLIGENT_TIERING</c> or <c>GLACIER_IR</c>.</summary>
    public string? StorageClass { get; init; }

    /// <summary>How they are packed: <c>GZIP</c>, <c>ZSTD</c> or <c>NONE</c>.</summary>
    public required string CompressionType { get; init; }
}
