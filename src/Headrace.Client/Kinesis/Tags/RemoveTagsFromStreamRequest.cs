using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>RemoveTagsFromStream</c> is asked.</summary>
public sealed record RemoveTagsFromStreamRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>Keys of the tags to remove. 1 to 50 of them.</summary>
    public required IReadOnlyList<string> TagKeys { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
