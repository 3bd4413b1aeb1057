namespace Headrace.Delivery.Processing;

/// <summary>The names of processors' settings.</summary>
public static class ProcessorParameters
{
    public const string LambdaArn = nameof(LambdaArn);
    public const string NumberOfRetries = nameof(NumberOfRetries);
    public const string MetadataExtractionQuery = nameof(MetadataExtractionQuery);
    public const string JsonParsingEngine = nameof(JsonParsingEngine);
    public const string RoleArn = nameof(RoleArn);
    public const string BufferSizeInMBs = nameof(BufferSizeInMBs);
    public const string BufferIntervalInSeconds = nameof(BufferIntervalInSeconds);
    public const string SubRecordType = nameof(SubRecordType);
    public const string Delimiter = nameof(Delimiter);
    public const string CompressionFormat = nameof(CompressionFormat);
    public const string DataMessageExtraction = nameof(DataMessageExtraction);

    /// <summary>Of a Jq processor.</summary>
    public const string JqFilter = nameof(JqFilter);

    /// <summary>Of an Exec processor: the name that the operator gave the program.</summary>
    public const string ProgramName = nameof(ProgramName);
}
