using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>TagResource</c> is asked.</summary>
public sealed record TagResourceRequest
{
    /// <summary>Tags by their keys. 1 to 200 of them.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The stream or consumer.</summary>
    [JsonPropertyName("ResourceARN")]
    public required string ResourceArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
