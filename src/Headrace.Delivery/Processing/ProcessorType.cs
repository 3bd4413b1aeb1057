namespace Headrace.Delivery.Processing;

/// <summary>What a processor does with records; AWS's names, and two of our own.</summary>
public enum ProcessorType
{
    RecordDeAggregation,
    Decompression,
    CloudWatchLogProcessing,
    Lambda,
    MetadataExtraction,
    AppendDelimiterToRecord,

    /// <summary>Headrace's own: a jq filter over each record.</summary>
    Jq,

    /// <summary>Headrace's own: one of the operator's programs, that answers each record with a line.</summary>
    Exec,
}
