using Headrace.Client;
using Headrace.Client.Firehose;

namespace Headrace.Cli.Tests.Delivery;

public sealed class DeliveryCommandTests
{
    [Fact]
    public async Task Records_of_a_stream_reach_the_bucket()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["streams", "create", "orders", "--shards", "1"]);
        await server.RunAsync(0, ["buckets", "create", "lake"]);
        await server.RunAsync(0, ["delivery", "create", "--name", "to-lake", "--source-stream", "orders", "--bucket", "lake", "--buffer-interval", "1"]);
        (await server.RunAsync(0, ["delivery", "list"])).Output.ShouldBe("to-lake\n");
        var described = (await server.RunAsync(0, ["delivery", "describe", "to-lake", "--output", "json"])).Output;
        described.ShouldContain("\"deliveryStreamStatus\":\"ACTIVE\"");
        described.ShouldContain("\"prefix\":\"firehose/\"");
        described.ShouldContain("\"bufferIntervalInSeconds\":1");
        described.ShouldContain("\"compressionFormat\":\"UNCOMPRESSED\"");

        // Only records of one key keep their order.
        await server.RunAsync(0, ["produce", "--stream", "orders", "--partition-key-from", "of", "-"], input: "{\"of\":\"a\",\"id\":1}\n{\"of\":\"a\",\"id\":2}\n");
        var key = "";
        await Eventually.TrueAsync(
            () =>
            {
                var listed = server.RunAsync(0, ["buckets", "ls", "s3://lake/firehose/"]).GetAwaiter().GetResult();
                key = listed.OutputLines.FirstOrDefault()?.Split(' ')[^1] ?? "";
                return key.Length > 0;
            },
            TimeSpan.FromSeconds(60));
        (await server.RunAsync(0, ["buckets", "cat", $"s3://lake/{key}"])).Output.ShouldBe("{\"of\":\"a\",\"id\":1}{\"of\":\"a\",\"id\":2}");
        await server.RunAsync(0, ["delivery", "delete", "to-lake"]);
    }

    [Fact]
    public async Task Whether_small_objects_are_merged_is_shown()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["delivery", "create", "--name", "to-lake", "--bucket", "lake"]);
        string[] describe = ["delivery", "describe", "to-lake"];
        (await server.RunAsync(0, describe)).Output.ShouldEndWith(", UNCOMPRESSED\n  merge off\n");
        (await server.RunAsync(0, [.. describe, "--output", "json"])).Output.ShouldContain("\"compaction\":null,\"compactionAfter\":null");
        using var firehose = new FirehoseClient(new ClientOptions { EndpointUrl = new Uri(server.Url) });
        Task TagAsync(string key, string value) => firehose.TagDeliveryStreamAsync(new TagDeliveryStreamRequest { DeliveryStreamName = "to-lake", Tags = [new Tag { Key = key, Value = value }] });
        // How long they wait says nothing while none is merged.
        await TagAsync("headrace:compaction-after", "90s");
        (await server.RunAsync(0, describe)).Output.ShouldEndWith("  merge off\n");
        await TagAsync("headrace:compaction", "128MB");
        (await server.RunAsync(0, describe)).Output.ShouldEndWith("  merge small objects into ones of up to 128MB, after 90s at most\n");
        (await server.RunAsync(0, [.. describe, "--output", "json"])).Output.ShouldContain("\"compaction\":\"128MB\",\"compactionAfter\":\"90s\"");
        await firehose.UntagDeliveryStreamAsync(new UntagDeliveryStreamRequest { DeliveryStreamName = "to-lake", TagKeys = ["headrace:compaction-after"] });
        (await server.RunAsync(0, describe)).Output.ShouldEndWith(" 128MB, after 10m at most\n");
    }

    [Fact]
    public async Task Tables_are_created_listed_shown_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["delivery", "tables", "create", "lake.sessions", "--column", "id:string", "--column", "history:array<struct<code:string,n:int>>"]);
        await server.RunAsync(0, ["delivery", "tables", "create", "lake.orders", "--column", "n:int"]);
        (await server.RunAsync(0, ["delivery", "tables", "list"])).Output.ShouldBe("lake.orders\nlake.sessions\n");
        (await server.RunAsync(0, ["delivery", "tables", "show", "lake.sessions"])).Output.ShouldBe("id:string\nhistory:array<struct<code:string,n:int>>\n");
        (await server.RunAsync(0, ["delivery", "tables", "list", "lake", "--output", "json"])).Output
            .ShouldStartWith("""{"database":"lake","table":"orders","version":"0","columns":[{"name":"n","type":"int"}]}""");
        await server.RunAsync(0, ["delivery", "tables", "delete", "lake.orders"]);
        (await server.RunAsync(1, ["delivery", "tables", "show", "lake.orders"])).Error.ShouldContain("EntityNotFoundException");
        (await server.RunAsync(2, ["delivery", "tables", "show", "orders"])).Error.ShouldContain("DATABASE.TABLE");
        (await server.RunAsync(2, ["delivery", "tables", "create", "lake.x", "--column", "n"])).Error.ShouldContain("NAME:TYPE");
    }

    [Fact]
    public async Task What_went_wrong_is_shown()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["delivery", "create", "--name", "to-nowhere", "--bucket", "nowhere", "--buffer-interval", "0"]);
        (await server.RunAsync(0, ["delivery", "logs", "to-nowhere"])).Output.ShouldBe("");
        using (var firehose = new FirehoseClient(new ClientOptions { EndpointUrl = new Uri(server.Url) }))
            await firehose.PutRecordAsync("to-nowhere", "{}"u8.ToArray());
        await Eventually.TrueAsync(
            () => server.RunAsync(0, ["delivery", "logs", "to-nowhere"]).GetAwaiter().GetResult().Output.Contains("S3.NoSuchBucket  There is no bucket nowhere.", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));
        (await server.RunAsync(0, ["delivery", "logs", "to-nowhere", "--output", "json"])).Output.ShouldContain("\"errorCode\":\"S3.NoSuchBucket\"");
    }
}
