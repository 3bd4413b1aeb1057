namespace Headrace.Client.Firehose;

/// <summary>What to expect of direct puts.</summary>
public sealed record DirectPutSourceConfiguration
{
    /// <summary>How much there will be, in MiB a second. 1 to 100.</summary>
    public required int ThroughputHintInMBs { get; init; }
}
