namespace Headrace.Server.Tests.Kinesis;

public sealed class DryRunTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly (string Type, string Message) WouldSucceed = ("DryRunOperationException", "Request would have succeeded, but DryRun flag is set.");

    [Fact]
    public async Task A_request_is_checked_whole_and_nothing_is_written()
    {
        await server.CreateStreamAsync("dry", 1);
        (await server.KinesisErrorAsync("PutRecord", """{"StreamName":"dry","Data":"QQ==","PartitionKey":"k","DryRun":true}""")).ShouldBe(WouldSucceed);
        (await server.KinesisErrorAsync("PutRecords", """{"DryRun":true,"StreamName":"dry","Records":[{"Data":"QQ==","PartitionKey":"k"}]}""")).ShouldBe(WouldSucceed);
        (await server.KinesisErrorAsync("GetShardIterator", """{"StreamName":"dry","ShardId":"shardId-000000000000","ShardIteratorType":"LATEST","DryRun":true}""")).ShouldBe(WouldSucceed);
        var iterator = await server.IteratorAsync("dry", 0);
        (await server.KinesisErrorAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}","DryRun":true}""")).ShouldBe(WouldSucceed);
        (await server.RecordsAsync(iterator)).GetProperty("Records").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_would_fail_fails_as_it_would()
    {
        (await server.KinesisErrorAsync("PutRecord", """{"StreamName":"nobody","Data":"QQ==","PartitionKey":"k","DryRun":true}""")).Type.ShouldBe("ResourceNotFoundException");
        (await server.KinesisErrorAsync("PutRecords", """{"StreamName":"nobody","Records":[],"DryRun":true}""")).Type.ShouldBe("ValidationException");
        (await server.KinesisErrorAsync("GetRecords", """{"ShardIterator":"none","DryRun":true}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("GetShardIterator", """{"StreamName":"nobody","ShardId":"shardId-000000000000","ShardIteratorType":"LATEST","DryRun":true}""")).Type.ShouldBe("ResourceNotFoundException");
    }

    [Fact]
    public async Task False_is_no_dry_run()
    {
        await server.CreateStreamAsync("wet", 1);
        await server.KinesisAsync("PutRecord", """{"StreamName":"wet","Data":"QQ==","PartitionKey":"k","DryRun":false}""");
        await server.KinesisAsync("PutRecords", """{"StreamName":"wet","Records":[{"Data":"QQ==","PartitionKey":"k"}],"DryRun":null}""");
        (await server.RecordsAsync(await server.IteratorAsync("wet", 0))).GetProperty("Records").GetArrayLength().ShouldBe(2);
    }
}
