namespace Headrace.Client.Kinesis;

/// <summary>What an on-demand stream takes at once, in MiB a second.</summary>
public sealed record WarmThroughput
{
    /// <summary>What it is to be.</summary>
    public int? TargetMiBps { get; init; }

    /// <summary>What it is.</summary>
    public int? CurrentMiBps { get; init; }
}
