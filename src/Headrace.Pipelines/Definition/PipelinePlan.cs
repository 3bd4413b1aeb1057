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

    /// <summary>Where records go that can't go on: a file's path (one JSON object a line), or <c>stream:NAME</c>.</summary>
    public string DeadLetter { get; init; } = "dead-letter.ndjson";

    /// <summary>The file in which progress is kept, where the pipeline names one.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>How many shards' records are worked on at the same time.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    public ErrorPolicy OnError { get; init; }

    /// <summary>The same pipeline with another place for its dead letters and another group.</summary>
    public PipelinePlan With(string deadLetter, string group) =>
        new(Name, Source with { Group = group }, Steps, Routes, Destinations) { DeadLetter = deadLetter, CheckpointFile = CheckpointFile, Parallelism = Parallelism, OnError = OnError };

    internal IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>A step remembers records of all shards.</summary>
    public bool IsStateful => Steps.Any(step => step.IsStateful);
}
