using System.Text;
using System.Text.Json.Serialization;

namespace Headrace.Pipelines.Tests;

public sealed partial class TypedPipelineTests
{
    [Fact]
    public async Task A_pipeline_in_CSharp_transforms_filters_and_routes_its_types()
    {
        var plan = Pipeline.From("orders", Json.Default.Order)
            .Where(order => order.Price > 0)
            .TransformMany(order => order.Items.Select(item => new Line(order.Id, item, order.Price)), Json.Default.Line)
            .Transform(line => line.Item == "bad" ? throw new TransformException("a bad item") : line with { Price = line.Price * 2 }, Json.Default.Line)
            .Route("dear", "dear-lines", line => line.Order, when: line => line.Price >= 20)
            .Route("cheap", "cheap-lines", line => line.Order)
            .Build();

        var outcomes = await Dry.RunAsync(plan, new[]
        {
            """{"id":"1","items":["a","b"],"price":10}""", """{"id":"2","items":["c"],"price":1.5}""", """{"id":"3","items":["a","bad"],"price":1}""", """{"id":"4","items":["d"],"price":0}""", """{"id":5}""",
        }.Select(Encoding.UTF8.GetBytes));

        outcomes.Where(outcome => outcome.Fault is null).Select(outcome => $"{outcome.Record} {outcome.Destination} {outcome.PartitionKey} {outcome.Text()}".TrimEnd()).ShouldBe(
        [
            """1 dear 1 {"order":"1","item":"a","price":20}""", """1 dear 1 {"order":"1","item":"b","price":20}""", """2 cheap 2 {"order":"2","item":"c","price":3.0}""", "4",
        ]);
        outcomes.Where(outcome => outcome.Fault is not null).Select(outcome => (outcome.Record, outcome.Fault!.Stage)).ShouldBe([(3, "steps[2].transform"), (5, "steps[0].where")]);
        outcomes.Single(outcome => outcome.Record == 3).Fault!.Reason.ShouldBe("a bad item");
    }

    internal sealed record Order(string Id, IReadOnlyList<string> Items, decimal Price);

    internal sealed record Line(string Order, string Item, decimal Price);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Line))]
    internal sealed partial class Json : JsonSerializerContext;
}
