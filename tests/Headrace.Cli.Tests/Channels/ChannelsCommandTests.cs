using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Tests.Channels;

public sealed class ChannelsCommandTests
{
    [Fact]
    public async Task Records_of_a_stream_reach_the_bucket()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["streams", "create", "orders"]);
        await server.RunAsync(0, ["buckets", "create", "lake"]);
        var created = await server.RunAsync(0, ["channels", "create", "--name", "to-lake", "--stream", "orders", "--bucket", "lake", "--freshness", "1", "--format", "json", "--key-template", "data/!{stream-name}!{extension:.json}", "--dead-letter-prefix", "letters/"]);
        created.Error.ShouldContain("channel to-lake is active");
        (await server.RunAsync(0, ["channels", "list"])).Output.ShouldBe("to-lake\n");
        (await server.RunAsync(0, ["channels", "list", "--output", "json"])).Output.ShouldContain("\"streamARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/orders\"");
        var described = (await server.RunAsync(0, ["channels", "describe", "to-lake"])).Output;
        described.ShouldStartWith("to-lake  ACTIVE\n");
        described.ShouldContain("  into  arn:aws:s3:::lake, keys 'data/!{stream-name}!{extension:.json}', STANDARD\n  after 1 s, NONE\n  dead letters into arn:aws:s3:::lake, prefix 'letters/'\n  merge off\n");
        (await server.RunAsync(0, ["channels", "logs", "to-lake"])).Output.ShouldBe("");

        await server.RunAsync(0, ["produce", "--stream", "orders", "--partition-key-from", "of", "-"], input: "{\"of\":\"a\",\"id\":1}\n{\"of\":\"a\",\"id\":2}\n");
        var key = "";
        await Eventually.TrueAsync(
            () =>
            {
                var listed = server.RunAsync(0, ["buckets", "ls", "s3://lake/data/"]).GetAwaiter().GetResult();
                key = listed.OutputLines.FirstOrDefault()?.Split(' ')[^1] ?? "";
                return key.Length > 0;
            },
            TimeSpan.FromSeconds(60));
        key.ShouldStartWith("data/orders-");
        (await server.RunAsync(0, ["buckets", "cat", $"s3://lake/{key}"])).Output.ShouldBe("{\"of\":\"a\",\"id\":1}{\"of\":\"a\",\"id\":2}");
    }

    [Fact]
    public async Task What_went_wrong_is_shown_from_whichever_log_the_channel_has()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["streams", "create", "orders"]);
        await server.RunAsync(0, ["buckets", "create", "lake"]);
        await server.RunAsync(0, ["channels", "create", "--name", "to-lake", "--stream", "orders", "--bucket", "lake", "--freshness", "0", "--format", "json"]);
        using var kinesis = new KinesisClient(new ClientOptions { EndpointUrl = new Uri(server.Url) });
        await PutNoJsonAsync(server, kinesis);

        // Switched on without a name, the log is the usual one; with a name it is another, which begins empty.
        var arn = (await server.RunAsync(0, ["channels", "describe", "to-lake", "--output", "json"])).Output.Split("\"channelARN\":\"")[1].Split('"')[0];
        await server.RunAsync(0, ["channels", "update", "to-lake", "--logging", "on"]);
        (await server.RunAsync(0, ["channels", "logs", arn, "--output", "json"])).Output.ShouldContain("\"message\":\"The record is not valid JSON");
        await kinesis.UpdateChannelAsync(new UpdateChannelRequest
        {
            ChannelArn = arn,
            LoggingConfiguration = new ChannelLoggingUpdateInput { CloudWatchLogs = new CloudWatchLogsUpdateInput { Enabled = true, LogGroupName = "/own/log", LogStreamName = "errors" } },
        });
        (await server.RunAsync(0, ["channels", "logs", "to-lake"])).Output.ShouldBe("");
        await PutNoJsonAsync(server, kinesis);
        (await server.RunAsync(0, ["channels", "describe", "to-lake"])).Output.ShouldContain("  log   /own/log, errors\n");
        (await server.RunAsync(1, ["channels", "logs", "elsewhere"])).Error.ShouldContain("there is no channel elsewhere");
    }

    [Fact]
    public async Task Its_small_objects_are_merged_as_its_tags_say()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["streams", "create", "orders"]);
        await server.RunAsync(0, ["channels", "create", "--name", "to-lake", "--stream", "orders", "--bucket", "lake"]);
        var described = (await server.RunAsync(0, ["channels", "describe", "to-lake", "--output", "json"])).Output;
        described.ShouldContain("\"compaction\":null,\"compactionAfter\":null");
        using (var kinesis = new KinesisClient(new ClientOptions { EndpointUrl = new Uri(server.Url) }))
            await kinesis.TagResourceAsync(new TagResourceRequest { ResourceArn = described.Split("\"channelARN\":\"")[1].Split('"')[0], Tags = new Dictionary<string, string> { ["headrace:compaction"] = "64MB" } });
        (await server.RunAsync(0, ["channels", "describe", "to-lake"])).Output.ShouldContain("\n  merge small objects into ones of up to 64MB, after 10m at most\n");
    }

    [Fact]
    public async Task A_channel_is_changed_and_deleted_by_its_name_or_arn()
    {
        await using var server = await RunningServer.StartAsync();
        await server.RunAsync(0, ["streams", "create", "orders"]);
        await server.RunAsync(0, ["channels", "create", "--name", "to-lake", "--stream", "orders", "--bucket", "arn:aws:s3:::lake", "--compression", "gzip", "--dead-letter-bucket", "dead", "--logging", "on"]);
        (await server.RunAsync(0, ["channels", "update", "to-lake", "--freshness", "60"])).Error.ShouldContain("channel to-lake is changed");
        var described = (await server.RunAsync(0, ["channels", "describe", "to-lake", "--output", "json"])).Output;
        described.ShouldContain("\"dataFreshnessInSeconds\":60");
        described.ShouldContain("\"compressionType\":\"GZIP\"");
        described.ShouldContain("\"recordFormatType\":\"BYTE_ARRAY\"");
        described.ShouldContain("\"deadLetterBucketARN\":\"arn:aws:s3:::dead\"");
        described.ShouldContain("\"logGroupName\":\"/aws/kinesis/to-lake/");
        var arn = described.Split("\"channelARN\":\"")[1].Split('"')[0];
        await server.RunAsync(0, ["channels", "update", arn, "--logging", "off"]);
        (await server.RunAsync(0, ["channels", "describe", arn, "--output", "json"])).Output.ShouldContain("\"logGroupName\":null");
        (await server.RunAsync(1, ["streams", "delete", "orders"])).Error.ShouldContain("ResourceInUseException");
        await server.RunAsync(0, ["channels", "delete", "to-lake"]);
        await Eventually.TrueAsync(() => server.RunAsync(0, ["channels", "list"]).GetAwaiter().GetResult().Output.Length == 0, TimeSpan.FromSeconds(60));
        (await server.RunAsync(1, ["channels", "describe", "to-lake"])).Error.ShouldContain("there is no channel to-lake; check its name ('headrace channels list')");
    }

    [Fact]
    public async Task Mistakes_are_told_before_anything_is_asked()
    {
        await using var server = await RunningServer.StartAsync();
        string[] create = ["channels", "create", "--name", "to-lake", "--stream", "orders", "--bucket", "lake"];
        (await server.RunAsync(2, [.. create, "--compression", "rar"])).Error.ShouldContain("--compression must be none, gzip or zstd, not 'rar'");
        (await server.RunAsync(2, [.. create, "--format", "xml"])).Error.ShouldContain("--format must be bytes, json or string, not 'xml'");
        (await server.RunAsync(2, [.. create, "--logging", "perhaps"])).Error.ShouldContain("--logging must be on or off");
        (await server.RunAsync(2, ["channels", "update", "to-lake"])).Error.ShouldContain("--freshness");
        (await server.RunAsync(1, create)).Error.ShouldContain("ResourceNotFoundException");
        await server.RunAsync(0, ["streams", "create", "orders", "--shards", "1"]);
        (await server.RunAsync(1, create)).Error.ShouldContain("on-demand");
    }

    private static async Task PutNoJsonAsync(RunningServer server, KinesisClient kinesis)
    {
        await kinesis.PutRecordAsync("orders", "no json"u8.ToArray(), "key");
        await Eventually.TrueAsync(() => server.RunAsync(0, ["channels", "logs", "to-lake"]).GetAwaiter().GetResult().Output.Contains("The record is not valid JSON", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
    }
}
