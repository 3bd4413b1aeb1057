using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>AddTagsToStream</c> is asked.</summary>
public sealed record AddTagsToStreamRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>Tags by their keys. 1 to 200 of them.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
