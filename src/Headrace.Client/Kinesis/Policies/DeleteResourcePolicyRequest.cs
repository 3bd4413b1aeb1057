using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>DeleteResourcePolicy</c> is asked.</summary>
public sealed record DeleteResourcePolicyRequest
{
    /// <summary>The stream or consumer.</summary>
    [JsonPropertyName("ResourceARN")]
    public required string ResourceArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
