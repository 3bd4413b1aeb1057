using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What a stream's records are.</summary>
public sealed record RecordConfiguration
{
    /// <summary>The format that they are held to: <c>BYTE_ARRAY</c> (anything), <c>JSON</c>, <c>STRING</c> (UTF-8) or <c>GSR_JSON</c> (JSON of a schema).</summary>
    public required string RecordFormatType { get; init; }

    /// <summary>The schema that they have.</summary>
    [JsonPropertyName("GSRSchemaARN")]
    public string? GsrSchemaArn { get; init; }
}
