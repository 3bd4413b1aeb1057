namespace Headrace.Server.Pipelines;

/// <summary>What a worker of a pipeline tells of its run. Counts only grow while it lasts.</summary>
/// <param name="Key">Whose worker it is.</param>
/// <param name="Worker">The run; no two share a name.</param>
/// <param name="DeadLetters">Where records go that can't go on: a file's path, or <c>stream:NAME</c>.</param>
/// <param name="Counts">Its records.</param>
/// <param name="Routes">Where records go.</param>
/// <param name="MillisBehindLatest">How far the shard that is furthest behind is from its tip.</param>
/// <param name="CheckpointAge">How long ago it saved how far it is; null before the first time.</param>
internal sealed record PipelineReport(
    PipelineKey Key, string Worker, string DeadLetters, PipelineCounts Counts, IReadOnlyList<PipelineRouteReport> Routes, long MillisBehindLatest, TimeSpan? CheckpointAge);
