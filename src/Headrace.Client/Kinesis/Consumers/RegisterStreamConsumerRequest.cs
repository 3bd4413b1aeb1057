using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>RegisterStreamConsumer</c> is asked.</summary>
public sealed record RegisterStreamConsumerRequest
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>A name that no other consumer of the stream has.</summary>
    public required string ConsumerName { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Tags by their keys. 1 to 200 of them.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
