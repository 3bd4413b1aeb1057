using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>What a pipeline reads.</summary>
public sealed record PipelineSource(string Stream)
{
    /// <summary>Where shards start that the group has not read yet.</summary>
    public StartingPosition From { get; init; } = StartingPosition.TrimHorizon;

    /// <summary>How records come: pushed, where it is offered and free, unless this says otherwise.</summary>
    public RetrievalMode Retrieval { get; init; }

    /// <summary>The name under which progress is kept.</summary>
    public string Group { get; init; } = "etl";
}
