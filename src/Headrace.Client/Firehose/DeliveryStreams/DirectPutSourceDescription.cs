namespace Headrace.Client.Firehose;

/// <summary>What is expected of direct puts.</summary>
public sealed record DirectPutSourceDescription
{
    /// <summary>How much there will be, in MiB a second.</summary>
    public int? ThroughputHintInMBs { get; init; }
}
