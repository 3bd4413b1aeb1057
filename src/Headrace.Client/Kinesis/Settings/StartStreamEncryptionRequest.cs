using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>StartStreamEncryption</c> is asked.</summary>
public sealed record StartStreamEncryptionRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>How records are kept: <c>NONE</c> or <c>KMS</c>.</summary>
    public required string EncryptionType { get; init; }

    /// <summary>The key to encrypt with.</summary>
    public required string KeyId { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
