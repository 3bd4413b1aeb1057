namespace Headrace.Pipelines.Tests;

public sealed class PipelineFileTests
{
    private const string Rest = """

        routes: [{ to: out }]
        destinations: { out: { stream: out } }
        """;

    [Theory]
    [InlineData("source: { stream: s, form: latest }", 1, 22, "unknown key 'form'; known here: from, group, mode, stream")]
    [InlineData("source: { stream: s, from: newest }", 1, 28, "'newest' is no starting position")]
    [InlineData("source: { from: latest }", 1, 9, "'stream' is missing")]
    [InlineData("source: { stream: s }\nsteps:\n  - jq: .a |", 3, 9, "jq: syntax error, unexpected $end")]
    [InlineData("source: { stream: s }\nsteps:\n  - fliter: .a", 3, 5, "unknown step 'fliter'")]
    [InlineData("source: { stream: s }\nsteps:\n  - window: { size: 1h, time: .t, every: 2h, aggregates: { n: count } }", 3, 42, "'every' must not be longer than 'size'")]
    [InlineData("source: { stream: s }\nsteps:\n  - window: { size: soon, time: .t, aggregates: { n: count } }", 3, 21, "'size' must be a time such as")]
    [InlineData("source: { stream: s }\nsteps:\n  - window: { size: 1h, time: .t, aggregates: { n: { median: .x } } }", 3, 52, "'n' must be count, or one of sum")]
    [InlineData("source: { stream: s }\nsteps:\n  - exec: { command: [] }", 3, 22, "'command' is empty")]
    [InlineData("source: { stream: s }\nsteps:\n  - code: nobody", 3, 11, "'code' must be one of user-sessions")]
    [InlineData("source: { stream: s }\nparallelism: 0", 2, 14, "'parallelism' must be a whole number from 1 to 256")]
    [InlineData("source: { stream: s }\non-error: ignore", 2, 11, "'on-error' must be dead-letter or stop")]
    [InlineData("source: { stream: s }\ndead-letter: { file: a, stream: b }", 2, 14, "either a file, a stream or a bucket")]
    [InlineData("source: { stream: s, mode: pull }", 1, 28, "'mode' must be push or poll")]
    [InlineData("source: { stream: s, mode: push }\nsteps: [{ deduplicate: { key: .a, within: 1h } }]", 1, 9, "records cannot be pushed to a pipeline whose steps[0].deduplicate remembers")]
    [InlineData("source: { stream: s }\ncheckpoints: { file: a, bucket: 's3://b/c' }", 2, 14, "one of file, bucket and dynamodb")]
    [InlineData("source: { stream: s }\ncheckpoints: { failover-time: 10ms }", 2, 31, "at least 1s")]
    [InlineData("source: { stream: s }\ndead-letter: { bucket: letters }", 2, 24, "must be s3://BUCKET/PREFIX")]
    [InlineData("source: { stream: s }\nsource: { stream: t }", 2, 1, "no valid YAML")]
    public void A_mistake_is_told_with_its_line_and_column(string start, int line, int column, string message)
    {
        var error = Should.Throw<PipelineFileException>(() => PipelineFile.Parse(start + Rest, "p.yaml")).Errors[0];
        (error.Line, error.Column).ShouldBe((line, column), error.Message);
        error.Message.ShouldContain(message);
        error.ToString().ShouldStartWith($"p.yaml:{line}:{column}: ");
    }

    [Theory]
    [InlineData("routes: [{ to: nobody }]\ndestinations: { out: { stream: out } }", "there is no destination 'nobody'")]
    [InlineData("routes: [{ to: out }, { to: out }]\ndestinations: { out: { stream: out } }", "no record reaches this route")]
    [InlineData("routes: [{ to: out }]\ndestinations: { out: { stream: out, delivery-stream: d } }", "either a stream, a delivery-stream or a bucket")]
    [InlineData("routes: [{ to: out }]\ndestinations: { out: { delivery-stream: d, partition-key: .a } }", "a delivery stream has no partition keys")]
    [InlineData("routes: [{ to: out }]\ndestinations: { out: { bucket: 's3://b/p', partition-key: .a } }", "a bucket has no partition keys")]
    [InlineData("routes: [{ to: out }]\ndestinations: { out: { stream: out, max-wait: 1s } }", "only a bucket's objects wait")]
    [InlineData("routes: []\ndestinations: { out: { stream: out } }", "'routes' must be a list of routes")]
    public void So_is_a_route_that_leads_nowhere(string rest, string message) =>
        Should.Throw<PipelineFileException>(() => PipelineFile.Parse("source: { stream: s }\n" + rest, "p.yaml")).Message.ShouldContain(message);

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Should.Throw<PipelineFileException>(() => PipelineFile.Parse("sauce: x\nroutes: 5\n", "p.yaml")).Errors.Count.ShouldBeGreaterThanOrEqualTo(3);

    [Theory]
    [InlineData("streaming-ingestion", "pipeline.yaml")]
    [InlineData("streaming-ingestion", "pipeline-jq.yaml")]
    [InlineData("streaming-ingestion", "pipeline-exec.yaml")]
    [InlineData("earthquakes", "pipeline.yaml")]
    [InlineData("flights", "pipeline.yaml")]
    public void The_examples_are_right(string example, string file) => PipelineFile.Load(Path.Combine(Repository.Example(example), file)).Routes.ShouldNotBeEmpty();
}
