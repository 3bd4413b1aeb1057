namespace Headrace.Pipelines;

/// <summary>The lab's pipeline: user sessions, enriched, to the stream of the USA and the stream of all others.</summary>
public static class SessionPipeline
{
    public const string Usa = "USA";

    public const string International = "International";

    /// <param name="source">The stream of sessions.</param>
    /// <param name="usa">The stream of sessions from the USA.</param>
    /// <param name="international">The stream of all others.</param>
    /// <param name="deadLetter">Where records go that can't go on.</param>
    public static PipelinePlan Create(PipelineSource source, string usa, string international, string deadLetter)
    {
        const string stage = "transform";
        var transform = new UserSessionTransform(TimeProvider.System);
        return new PipelinePlan(
            "sessions",
            source,
            [new StepDefinition(stage, () => new CodeStep(stage, transform)) { CreateParsing = () => new CodeStep(stage, transform, parses: true) }],
            [new PipelineRoute([Usa]) { When = ".country == \"USA\"" }, new PipelineRoute([International])],
            [
                new PipelineDestination(Usa) { Stream = usa, PartitionKey = ".session_id" },
                new PipelineDestination(International) { Stream = international, PartitionKey = ".session_id" },
            ])
        {
            DeadLetter = deadLetter,
        };
    }
}
