using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UntagResource</c> is asked.</summary>
public sealed record UntagResourceRequest
{
    /// <summary>Keys of the tags to remove. 1 to 50 of them.</summary>
    public required IReadOnlyList<string> TagKeys { get; init; }

    /// <summary>The stream or consumer.</summary>
    [JsonPropertyName("ResourceARN")]
    public required string ResourceArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
