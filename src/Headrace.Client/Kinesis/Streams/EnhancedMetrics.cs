namespace Headrace.Client.Kinesis;

/// <summary>Metrics of shards.</summary>
public sealed record EnhancedMetrics
{
    /// <summary>Names of metrics, or <c>ALL</c>. 1 to 7 of them.</summary>
    public IReadOnlyList<string>? ShardLevelMetrics { get; init; }
}
