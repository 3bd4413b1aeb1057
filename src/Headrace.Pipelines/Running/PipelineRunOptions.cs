using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>How a pipeline is run this time.</summary>
public sealed record PipelineRunOptions
{
    /// <summary>Where progress is kept; without it every run starts where the pipeline's source says.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>
    /// The file that keeps progress instead, together with what steps remember, for a pipeline that deduplicates or has windows; without it
    /// they forget with the run.
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>Waits for records to come; otherwise the run ends at the source's tip.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Ends the run after so many records.</summary>
    public long? Limit { get; init; }
}
