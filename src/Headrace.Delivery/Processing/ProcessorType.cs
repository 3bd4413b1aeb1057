namespace Headrace.Delivery.Processing;

/// <summary>What a processor does with records; AWS's names.</summary>
public enum ProcessorType
{
    RecordDeAggregation,
    Decompression,
    CloudWatchLogProcessing,
    Lambda,
    MetadataExtraction,
    AppendDelimiterToRecord,
}
