using System.Text.Json.Serialization.Metadata;

namespace Headrace.Pipelines;

/// <summary>A pipeline that is being declared; <typeparamref name="T"/> is what its records are at this point. Each call gives a new one.</summary>
public sealed class PipelineBuilder<T>
{
    private readonly PipelineSource _source;
    private readonly IReadOnlyList<StepDefinition> _steps;
    private readonly IReadOnlyList<PipelineRoute> _routes;
    private readonly IReadOnlyList<PipelineDestination> _destinations;
    private readonly JsonTypeInfo<T> _type;

    internal PipelineBuilder(
        PipelineSource source, IReadOnlyList<StepDefinition> steps, IReadOnlyList<PipelineRoute> routes, IReadOnlyList<PipelineDestination> destinations, JsonTypeInfo<T> type) =>
        (_source, _steps, _routes, _destinations, _type) = (source, steps, routes, destinations, type);

    /// <summary>Makes another record of each.</summary>
    public PipelineBuilder<TResult> Transform<TResult>(Func<T, TResult> transform, JsonTypeInfo<TResult> type) =>
        TransformMany(record => (IEnumerable<TResult>)[transform(record)], type);

    /// <summary>Makes any number of records of each, or none.</summary>
    public PipelineBuilder<TResult> TransformMany<TResult>(Func<T, IEnumerable<TResult>> transform, JsonTypeInfo<TResult> type) =>
        Add(stage => new ManyStep<T, TResult>(stage, _type, type, transform), "transform", type);

    /// <summary>Transforms records' bytes.</summary>
    public PipelineBuilder<TResult> Transform<TResult>(ICodeTransform transform, JsonTypeInfo<TResult> type) =>
        Add(stage => new CodeStep(stage, transform), "transform", type);

    /// <summary>Keeps the records for which it holds.</summary>
    public PipelineBuilder<T> Where(Func<T, bool> condition) =>
        Add(stage => new ManyStep<T, T>(stage, _type, _type, record => condition(record) ? [record] : []), "where", _type);

    /// <summary>Has records go to a data stream: those for which it holds and which no earlier route took.</summary>
    /// <param name="name">What progress calls the destination.</param>
    /// <param name="stream">The data stream.</param>
    /// <param name="partitionKey">The key of a record there.</param>
    /// <param name="when">Without it the route takes all that are left.</param>
    public PipelineBuilder<T> Route(string name, string stream, Func<T, string> partitionKey, Func<T, bool>? when = null)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        var reader = new TypedReader<T>(_type);
        var destination = new PipelineDestination(name) { Stream = stream, KeyOf = json => partitionKey(reader.Read(json)) };
        var route = new PipelineRoute([name]) { Matches = when is null ? null : json => when(reader.Read(json)) };
        return new PipelineBuilder<T>(_source, _steps, [.. _routes, route], [.. _destinations, destination], _type);
    }

    /// <summary>The pipeline as declared.</summary>
    /// <param name="name">Its name; progress is kept under it.</param>
    /// <param name="deadLetter">Where records go that can't go on: a file's path, or <c>stream:NAME</c>.</param>
    /// <exception cref="InvalidOperationException">It has no route.</exception>
    public PipelinePlan Build(string name = "pipeline", string deadLetter = "dead-letter.ndjson") =>
        _routes.Count == 0
            ? throw new InvalidOperationException("a pipeline needs a route")
            : new PipelinePlan(name, _source, _steps, _routes, _destinations) { DeadLetter = deadLetter };

    private PipelineBuilder<TResult> Add<TResult>(Func<string, IStep> create, string kind, JsonTypeInfo<TResult> type)
    {
        if (_routes.Count > 0)
            throw new InvalidOperationException("steps come before routes");
        var stage = $"steps[{_steps.Count}].{kind}";
        return new PipelineBuilder<TResult>(_source, [.. _steps, new StepDefinition(stage, () => create(stage))], [], [], type);
    }
}
