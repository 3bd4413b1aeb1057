using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>CreateChannel</c> is asked.</summary>
public sealed record CreateChannelRequest
{
    /// <summary>The channel's name. Up to 128 characters.</summary>
    public required string ChannelName { get; init; }

    /// <summary>The role that records are delivered with.</summary>
    [JsonPropertyName("ServiceExecutionRoleARN")]
    public required string ServiceExecutionRoleArn { get; init; }

    /// <summary>The stream to read; exactly one.</summary>
    public required IReadOnlyList<ChannelStreamConfiguration> StreamConfigurationList { get; init; }

    /// <summary>The bucket to deliver into.</summary>
    public S3DestinationConfiguration? S3DestinationConfiguration { get; init; }

    /// <summary>The tables to deliver into, instead of a bucket.</summary>
    public S3TablesDestinationConfiguration? S3TablesDestinationConfiguration { get; init; }

    /// <summary>How what is delivered is encrypted.</summary>
    public ChannelEncryptionConfiguration? EncryptionConfiguration { get; init; }

    /// <summary>Tags by their keys. 1 to 200 of them.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Where its errors are logged.</summary>
    public ChannelLoggingConfiguration? LoggingConfiguration { get; init; }
}
