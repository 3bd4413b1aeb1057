namespace Headrace.Client.Kinesis;

/// <summary>What a table is partitioned by.</summary>
public sealed record PartitionField
{
    /// <summary>How a value becomes a partition: <c>TIME_HOUR</c>.</summary>
    public required string Transform { get; init; }

    /// <summary>The column.</summary>
    public required string SourceName { get; init; }
}
