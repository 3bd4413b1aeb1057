using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>Where records come from.</summary>
public sealed record SourceDescription
{
    /// <summary>Direct puts.</summary>
    public DirectPutSourceDescription? DirectPutSourceDescription { get; init; }

    /// <summary>A data stream.</summary>
    public KinesisStreamSourceDescription? KinesisStreamSourceDescription { get; init; }

    /// <summary>Members that this library has no type for, such as those of other sources, by their names in the API.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
