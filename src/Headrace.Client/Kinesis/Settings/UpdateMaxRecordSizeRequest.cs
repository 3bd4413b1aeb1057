using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateMaxRecordSize</c> is asked.</summary>
public sealed record UpdateMaxRecordSizeRequest
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>The largest record that the stream takes, in KiB. 1,024 to 10,240.</summary>
    public required int MaxRecordSizeInKiB { get; init; }
}
