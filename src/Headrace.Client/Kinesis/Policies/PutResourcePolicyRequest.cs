using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>PutResourcePolicy</c> is asked.</summary>
public sealed record PutResourcePolicyRequest
{
    /// <summary>The stream or consumer.</summary>
    [JsonPropertyName("ResourceARN")]
    public required string ResourceArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>The policy, a JSON document.</summary>
    public required string Policy { get; init; }
}
