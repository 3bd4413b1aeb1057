namespace Headrace.Server.Pipelines;

/// <summary>A pipeline's group at one moment.</summary>
/// <param name="Key">Which one.</param>
/// <param name="DeadLetters">Where records go that can't go on: a file's path, or <c>stream:NAME</c>.</param>
/// <param name="Counts">What all its workers did.</param>
/// <param name="Routes">Where they brought it.</param>
/// <param name="LastAt">When one of them last told of itself.</param>
/// <param name="Workers">Those that have not fallen silent.</param>
internal sealed record PipelineState(
    PipelineKey Key, string DeadLetters, PipelineCounts Counts, IReadOnlyList<PipelineRouteReport> Routes, DateTimeOffset LastAt, IReadOnlyList<PipelineWorker> Workers);
