using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>DeleteStream</c> is asked.</summary>
public sealed record DeleteStreamRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>Delete the stream with its registered consumers; otherwise it is refused while there are some.</summary>
    public bool? EnforceConsumerDeletion { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
