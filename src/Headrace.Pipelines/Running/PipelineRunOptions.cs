using Headrace.Client;
using Microsoft.Extensions.Logging;

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

    /// <summary>
    /// The leases by which several runs, here and elsewhere, share the source's shards, and which keep progress in place of
    /// <see cref="Checkpoints"/>. The caller disposes them. They belong to one pipeline and group.
    /// </summary>
    public ILeaseStore? Leases { get; init; }

    /// <summary>For so long a run of the group may be silent before the others take its shards; the same for all of them.</summary>
    public TimeSpan FailoverTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The run's name in the leases; unique among those that run. Null: one is made up.</summary>
    public string? WorkerId { get; init; }

    /// <summary>Told of shards that come and go, and of what goes wrong and is tried again, where there are <see cref="Leases"/>.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Where buckets are, for a pipeline that writes records or dead letters to one.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Waits for records to come; otherwise the run ends at the source's tip.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Ends the run after so many records.</summary>
    public long? Limit { get; init; }
}
