namespace Headrace.Client.Firehose;

/// <summary>A step on the way of the records.</summary>
public sealed record Processor
{
    /// <summary>What kind: <c>RecordDeAggregation</c>, <c>Decompression</c>, <c>CloudWatchLogProcessing</c>, <c>Lambda</c>, <c>MetadataExtraction</c> or <c>AppendDelimiterToRecord</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What the step is told.</summary>
    public IReadOnlyList<ProcessorParameter>? Parameters { get; init; }
}
