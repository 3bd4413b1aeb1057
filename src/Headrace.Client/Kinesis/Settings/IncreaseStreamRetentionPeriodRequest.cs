using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>IncreaseStreamRetentionPeriod</c> is asked.</summary>
public sealed record IncreaseStreamRetentionPeriodRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>How long records are kept, in hours.</summary>
    public required int RetentionPeriodHours { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
