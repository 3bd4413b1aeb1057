namespace Headrace.Client.Kinesis;

/// <summary>How what a channel delivers is encrypted.</summary>
public sealed record ChannelEncryptionConfiguration
{
    /// <summary>By what: <c>KMS</c>.</summary>
    public required string EncryptionType { get; init; }

    /// <summary>The key, by its ARN, id or alias.</summary>
    public required string KeyId { get; init; }
}
