using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A key that objects are encrypted with.</summary>
public sealed record KmsEncryptionConfig
{
    /// <summary>The key.</summary>
    [JsonPropertyName("AWSKMSKeyARN")]
    public required string AwsKmsKeyArn { get; init; }
}
