namespace Headrace.Client.Firehose;

/// <summary>A parameter of a step.</summary>
public sealed record ProcessorParameter
{
    /// <summary>Which parameter: <c>LambdaArn</c>, <c>NumberOfRetries</c>, <c>MetadataExtractionQuery</c>, <c>JsonParsingEngine</c>, <c>RoleArn</c>, <c>BufferSizeInMBs</c>, <c>BufferIntervalInSeconds</c>, <c>SubRecordType</c>, <c>Delimiter</c>, <c>CompressionFormat</c> or <c>DataMessageExtraction</c>.</summary>
    public required string ParameterName { get; init; }

    /// <summary>Its value.</summary>
    public required string ParameterValue { get; init; }
}
