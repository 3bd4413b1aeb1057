namespace Headrace.Pipelines;

/// <summary>How far a run has come, in records.</summary>
/// <param name="Read">Source records taken in.</param>
/// <param name="Transformed">Source records that came through the steps.</param>
/// <param name="Dropped">Source records of which the steps made nothing, as they were told to.</param>
/// <param name="Routed">Records that are durable in each destination, by its name.</param>
/// <param name="DeadLettered">Source records among the dead letters.</param>
/// <param name="MillisBehindLatest">How far the shard that is furthest behind is from its tip.</param>
/// <param name="CheckpointAge">How long ago the last checkpoint was saved; null before the first.</param>
public sealed record PipelineProgress(
    long Read, long Transformed, long Dropped, IReadOnlyDictionary<string, long> Routed, long DeadLettered, long MillisBehindLatest, TimeSpan? CheckpointAge)
{
    /// <summary>Of the records that are durable in destinations, those that an earlier run had put there.</summary>
    public long Repeated { get; init; }
}
