namespace Headrace.Server.Pipelines;

/// <summary>A worker as it was when it last told of itself.</summary>
/// <param name="Report">What it told.</param>
/// <param name="At">When.</param>
internal sealed record PipelineWorker(PipelineReport Report, DateTimeOffset At)
{
    /// <summary>The age of its checkpoint at a later time; null before it saved one.</summary>
    public TimeSpan? CheckpointAge(DateTimeOffset now) => Report.CheckpointAge + (now - At);
}
