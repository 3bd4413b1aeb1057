using System.Text;
using System.Text.Json.Nodes;

namespace Headrace.Pipelines.Tests;

/// <summary>The lab's transform in C#, in jq and as a program gives the same, record by record.</summary>
public sealed class LabFormsTests
{
    [Fact]
    public async Task All_forms_give_the_same_records_by_the_same_ways()
    {
        var generator = new UserSessionGenerator(3);
        var records = Enumerable.Range(0, 400).Select(_ => generator.Next().Json.ToArray()).ToList();
        records.AddRange(new[]
        {
            """{"session_id":"a","country":"USA"}""", """{"session_id":"a","country":"USA","browse_history":[{"quantity":"two","in_shopping_cart":true}]}""", "no json", "[]",
        }.Select(Encoding.UTF8.GetBytes));

        var code = await RunAsync("pipeline.yaml", records);
        code.Count(line => line.Contains("dead")).ShouldBe(4);
        code.Count(line => line.StartsWith("USA", StringComparison.Ordinal)).ShouldBeGreaterThan(100);
        (await RunAsync("pipeline-jq.yaml", records)).ShouldBe(code);
        (await RunAsync("pipeline-exec.yaml", records)).ShouldBe(code);
    }

    private static async Task<List<string>> RunAsync(string file, IEnumerable<byte[]> records)
    {
        var outcomes = await Dry.RunAsync(PipelineFile.Load(Path.Combine(Repository.Example("streaming-ingestion"), file)), records);
        return [.. outcomes.Select(outcome => outcome.Fault is null ? $"{outcome.Destination} {outcome.PartitionKey} {Comparable(outcome.Text())}" : $"{outcome.Record} dead")];
    }

    /// <summary>Without the time, which no two runs share, and in one order of members.</summary>
    private static string Comparable(string json)
    {
        var session = JsonNode.Parse(json)!.AsObject();
        session.Remove("processing_timestamp").ShouldBeTrue();
        return new JsonObject(session.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
    }
}
