namespace Headrace.Pipelines;

/// <summary>A step as it was declared.</summary>
/// <param name="Stage">What dead letters call it, such as <c>steps[0].jq</c>.</param>
/// <param name="Create">Makes one for a worker.</param>
/// <param name="IsStateful">It remembers records, so that all of them must pass through the same one.</param>
internal sealed record StepDefinition(string Stage, Func<IStep> Create, bool IsStateful = false)
{
    /// <summary>Makes one that is the pipeline's first and finds itself what is no JSON; null: it can't.</summary>
    public Func<IStep>? CreateParsing { get; init; }
}
