namespace Headrace.Client.Kinesis;

/// <summary>How a table is partitioned.</summary>
public sealed record PartitionSpec
{
    /// <summary>By what, in order.</summary>
    public required IReadOnlyList<PartitionField> PartitionFields { get; init; }
}
