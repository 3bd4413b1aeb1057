namespace Headrace.Cli.Tests.Consume;

public sealed class GroupConsumeTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.RunAsync(0, ["streams", "create", "orders", "--shards", "2"]);
        await _server.RunAsync(0, ["buckets", "create", "state"]);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_group_can_remember_in_a_bucket()
    {
        string[] consume = ["consume", "--stream", "orders", "--group", "billing", "--checkpoint", "s3://state/groups/billing"];
        await ProduceAsync(first: 0);
        (await _server.RunAsync(0, [.. consume, "--limit", "7"])).OutputLines.Length.ShouldBe(7);
        (await _server.RunAsync(0, [.. consume, "--no-follow"])).OutputLines.Length.ShouldBe(13);
        await ProduceAsync(first: 20);
        (await _server.RunAsync(0, [.. consume, "--no-follow"])).OutputLines.Length.ShouldBe(20);
        (await _server.RunAsync(0, ["buckets", "ls", "s3://state/groups/billing/"])).Output.ShouldContain("shardId-000000000001.json");
    }

    [Theory]
    [InlineData("--fan-out needs --group", "--fan-out")]
    [InlineData("exclude each other", "--group", "g", "--shard", "shardId-000000000000")]
    [InlineData("use file:PATH, s3://BUCKET/PREFIX or dynamodb:TABLE", "--checkpoint", "redis:x")]
    [InlineData("at least 1s", "--group", "g", "--failover-time", "10ms")]
    [InlineData("a group begins at", "--group", "g", "--from", "at-sequence-number=12")]
    public async Task What_makes_no_sense_is_refused(string reason, params string[] args)
    {
        var run = await _server.RunAsync(2, ["consume", "--stream", "orders", .. args]);
        run.Error.ShouldContain(reason);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told() =>
        (await _server.RunAsync(1, ["consume", "--stream", "orders", "--checkpoint", "s3://nowhere/x"])).Error.ShouldContain("NoSuchBucket");

    private async Task ProduceAsync(int first) => await _server.RunAsync(
        0,
        ["produce", "--stream", "orders", "-", "--partition-key-from", "id"],
        input: string.Join('\n', Enumerable.Range(first, 20).Select(static i => $$"""{"id":{{i}}}""")));
}
