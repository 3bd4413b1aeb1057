using System.Diagnostics;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests;

/// <summary>The newcomer's first minute: serve, consume and produce in three terminals.</summary>
public sealed class FreshnessTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_record_shows_up_in_consume_right_after_produce()
    {
        const string record = """{"session_id":"a1","customer_number":100,"city":"Washington","country":"USA","credit_limit":1000,"browse_history":[{"product_code":"Product1","quantity":2,"in_shopping_cart":true}]}""";
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("s", shards: 1);
        await using var consume = server.Start(["consume", "--stream", "s"]);
        (await server.RunAsync(["produce", "--stream", "s", "--json_string", """{"session_id":"warm"}"""])).ShouldHaveExited(0);
        await Deadline.UntilAsync(() => consume.Output.Contains("warm", StringComparison.Ordinal), $"the first record is logged: {consume}");

        var produced = await server.RunAsync(["produce", "--stream", "s", "--json_string", record]);
        var acknowledged = Stopwatch.StartNew();
        produced.ShouldHaveExited(0);
        var (shard, number) = produced.OutputLines.Single().Split(' ') is [var first, var second] ? (first, second) : throw new FormatException(produced.ToString());
        await Deadline.UntilAsync(() => consume.Output.Contains(number, StringComparison.Ordinal), $"the record is logged: {consume}", TimeSpan.FromSeconds(10));
        output.WriteLine($"the record was logged within {acknowledged.ElapsedMilliseconds} ms after produce had ended");
        consume.Output.ShouldContain(shard);
        consume.Output.ShouldContain("Washington");
    }
}
