using System.Diagnostics.CodeAnalysis;

namespace Headrace.Pipelines;

/// <summary>A whole pipeline as it was declared: source, steps, routes, destinations. It moves nothing by itself; <see cref="PipelineRunner"/> does.</summary>
public sealed class PipelinePlan
{
    internal PipelinePlan(
        string name, PipelineSource source, IReadOnlyList<StepDefinition> steps, IReadOnlyList<PipelineRoute> routes, IReadOnlyList<PipelineDestination> destinations)
    {
        (Name, Source, Steps, Routes) = (name, source, steps, routes);
        Destinations = destinations;
    }

    /// <summary>The pipeline's name; progress is kept under it.</summary>
    public string Name { get; }

    public PipelineSource Source { get; }

    /// <summary>By the names that routes use, in the order in which they were declared.</summary>
    public IReadOnlyList<PipelineDestination> Destinations { get; }

    /// <summary>Tried in order.</summary>
    public IReadOnlyList<PipelineRoute> Routes { get; }

    /// <summary>Where records go that can't go on: a file's path (one JSON object a line), <c>stream:NAME</c> or <c>s3://BUCKET/PREFIX</c>.</summary>
    public string DeadLetter { get; init; } = "dead-letter.ndjson";

    /// <summary>Where progress is kept, and the leases of those that share the work, if the pipeline says so: <c>file:PATH</c>, <c>s3://BUCKET/PREFIX</c> or <c>dynamodb:TABLE</c>.</summary>
    public string? CheckpointStore { get; init; }

    /// <summary>For so long a run may be silent before others of its group take its shards; null: the pipeline does not say.</summary>
    public TimeSpan? FailoverTime { get; init; }

    /// <summary>How many shards' records are worked on at the same time.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    public ErrorPolicy OnError { get; init; }

    /// <summary>The same pipeline with another place for its dead letters and another group.</summary>
    public PipelinePlan With(string deadLetter, string group) =>
        new(Name, Source with { Group = group }, Steps, Routes, Destinations) { DeadLetter = deadLetter, CheckpointStore = CheckpointStore, FailoverTime = FailoverTime, Parallelism = Parallelism, OnError = OnError };

    internal IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>A step remembers records of all shards.</summary>
    [MemberNotNullWhen(true, nameof(StatefulStage))]
    public bool IsStateful => StatefulStage is not null;

    /// <summary>The first such step, as dead letters call it.</summary>
    public string? StatefulStage => Steps.FirstOrDefault(step => step.IsStateful)?.Stage;
}
