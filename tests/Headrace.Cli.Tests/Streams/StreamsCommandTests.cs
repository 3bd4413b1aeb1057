using System.Text.Json;

namespace Headrace.Cli.Tests.Streams;

public sealed class StreamsCommandTests
{
    [Fact]
    public async Task A_stream_lives_and_its_shards_split_and_merge()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["streams", "create", "orders", "--shards", "1"]);
        (await server.RunAsync(0, ["streams", "list"])).Output.ShouldBe("orders\n");
        await server.RunAsync(0, ["streams", "split", "orders", "--shard", "shardId-000000000000"]);
        var shards = await OpenShardsAsync(server);
        shards.ShouldBe(["shardId-000000000001", "shardId-000000000002"]);
        await server.RunAsync(0, ["streams", "merge", "orders", "--shard", shards[0], "--with", shards[1]]);
        (await OpenShardsAsync(server)).ShouldBe(["shardId-000000000003"]);
        await server.RunAsync(0, ["streams", "delete", "orders"]);
    }

    [Fact]
    public async Task A_wrong_name_is_one_clear_line()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var args in new string[][]
        {
            ["streams", "describe", "nobody"],
            ["streams", "delete", "nobody"],
            ["consume", "--stream", "nobody"],
            ["produce", "--stream", "nobody", "--json-string", "{}"],
            ["produce", "--stream", "nobody", "--generate", "--count", "10"],
            ["etl", "--source-stream", "nobody", "--dest-streams", """{"USA":"a","International":"b"}"""],
            ["delivery", "describe", "nobody"],
            ["delivery", "create", "--name", "d", "--bucket", "b", "--source-stream", "nobody"],
        })
        {
            var run = await server.RunAsync(1, args);
            run.Error.ShouldContain("nobody", customMessage: string.Join(' ', args));
            run.Error.TrimEnd().ShouldNotContain('\n');
        }
    }

    [Fact]
    public async Task An_unreachable_endpoint_is_one_clear_line()
    {
        foreach (var args in new string[][]
        {
            ["streams", "list"],
            ["consume", "--stream", "s"],
            ["produce", "--stream", "s", "--json-string", "{}"],
            ["etl", "--source-stream", "s", "--dest-streams", """{"USA":"a","International":"b"}"""],
            ["buckets", "list"],
            ["delivery", "list"],
        })
        {
            using var run = new CommandLineRun();
            (await run.RunAsync([.. args, "--endpoint-url", "http://127.0.0.1:1"])).ShouldBe(1, string.Join(' ', args));
            run.Error.ShouldStartWith("headrace: cannot reach ", customMessage: string.Join(' ', args));
            run.Error.ShouldContain("127.0.0.1:1");
            run.Error.ShouldContain("headrace serve");
            run.Error.TrimEnd().ShouldNotContain('\n');
        }
    }

    private static async Task<string[]> OpenShardsAsync(RunningServer server)
    {
        var run = await server.RunAsync(0, ["streams", "describe", "orders", "--output", "json"]);
        using var stream = JsonDocument.Parse(run.OutputLines.ShouldHaveSingleItem());
        stream.RootElement.GetProperty("streamStatus").GetString().ShouldBe("ACTIVE");
        return
        [
            .. stream.RootElement.GetProperty("shards").EnumerateArray()
                .Where(shard => shard.GetProperty("endingSequenceNumber").ValueKind == JsonValueKind.Null)
                .Select(shard => shard.GetProperty("shardId").GetString()!)
                .Order(),
        ];
    }
}
