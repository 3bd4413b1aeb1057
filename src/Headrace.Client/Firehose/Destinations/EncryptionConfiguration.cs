using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>How objects are encrypted.</summary>
public sealed record EncryptionConfiguration
{
    /// <summary>No encryption: <c>NoEncryption</c>.</summary>
    public string? NoEncryptionConfig { get; init; }

    /// <summary>A key.</summary>
    [JsonPropertyName("KMSEncryptionConfig")]
    public KmsEncryptionConfig? KmsEncryptionConfig { get; init; }
}
