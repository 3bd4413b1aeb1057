namespace Headrace.Client.Pipelines;

/// <summary>How far a worker of a pipeline is. Counts are those of its run, and only grow.</summary>
public sealed record ReportPipelineRequest
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The group whose workers share the source's shards.</summary>
    public required string Group { get; init; }

    /// <summary>The run; no two share a name.</summary>
    public required string Worker { get; init; }

    /// <summary>The data stream that it reads.</summary>
    public required string SourceStream { get; init; }

    /// <summary>Where records go that can't go on: a file's path, or <c>stream:NAME</c>.</summary>
    public string? DeadLetters { get; init; }

    /// <summary>Source records taken in.</summary>
    public long Read { get; init; }

    /// <summary>Source records that came through the steps.</summary>
    public long Transformed { get; init; }

    /// <summary>Source records of which the steps made nothing, as they were told to.</summary>
    public long Dropped { get; init; }

    /// <summary>Source records among the dead letters.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Records that an earlier run had put into their destination.</summary>
    public long Repeated { get; init; }

    /// <summary>How far the shard that is furthest behind is from its tip.</summary>
    public long MillisBehindLatest { get; init; }

    /// <summary>How long ago the last checkpoint was saved; null before the first.</summary>
    public long? CheckpointAgeMilliseconds { get; init; }

    /// <summary>Where records go.</summary>
    public IReadOnlyList<PipelineRouteCount> Routes { get; init; } = [];

    /// <summary>Whether the worker has ended and tells nothing more.</summary>
    public bool IsLast { get; init; }
}
