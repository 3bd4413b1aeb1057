using System.Text;

namespace Headrace.Pipelines.Tests;

/// <summary>Runs pipelines over records without a server.</summary>
internal static class Dry
{
    public static Task<List<DryRunOutcome>> RunAsync(string yaml, params string[] records) => RunAsync(PipelineFile.Parse(yaml, Path.Combine(Path.GetTempPath(), "test.yaml")), records.Select(Encoding.UTF8.GetBytes));

    public static async Task<List<DryRunOutcome>> RunAsync(PipelinePlan plan, IEnumerable<byte[]> records)
    {
        var outcomes = new List<DryRunOutcome>();
        await foreach (var outcome in DryRun.RunAsync(plan, Each(records)))
            outcomes.Add(outcome with { Json = outcome.Json.ToArray() });
        return outcomes;
    }

    /// <summary>Steps with one destination that takes all.</summary>
    public static string Steps(string steps) => $$"""
        source: { stream: s }
        steps:
        {{steps}}
        routes: [{ to: out }]
        destinations: { out: { stream: out } }
        """;

    public static string Text(this DryRunOutcome outcome) => Encoding.UTF8.GetString(outcome.Json.Span);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Each(IEnumerable<byte[]> records)
    {
        await Task.CompletedTask;
        foreach (var record in records)
            yield return record;
    }
}
