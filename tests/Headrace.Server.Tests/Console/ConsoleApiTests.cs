using System.Net;
using System.Text;
using System.Text.Json;

namespace Headrace.Server.Tests.Console;

/// <summary>What the console's API tells and does, and whom it refuses.</summary>
public sealed class ConsoleApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_overview_counts_what_was_put()
    {
        await server.CreateStreamAsync("counted", 2);
        await server.KinesisAsync("PutRecord", """{"StreamName":"counted","PartitionKey":"a","Data":"aGVsbG8="}""");
        var stream = (await GetAsync("overview")).GetProperty("streams").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "counted");
        stream.GetProperty("records").GetInt64().ShouldBe(1);
        stream.GetProperty("openShards").GetInt32().ShouldBe(2);
        stream.GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task The_overview_tells_a_channel_from_a_delivery_stream()
    {
        await PostAsync("kinesis/CreateStream", """{"StreamName":"channeled","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        await server.WaitForStatusAsync("channeled", "ACTIVE");
        var (status, created) = await PostAsync("kinesis/CreateChannel", """
            {"ChannelName": "seen", "ServiceExecutionRoleARN": "arn:aws:iam::000000000000:role/any",
             "StreamConfigurationList": [{"StreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/channeled", "RecordConfiguration": {"RecordFormatType": "JSON"}}],
             "S3DestinationConfiguration": {"DataFreshnessInSeconds": 5,
                "DeadLetterQueueS3Configuration": {"BucketARN": "arn:aws:s3:::dead", "ExpectedBucketOwner": "000000000000", "ErrorOutputPrefix": "letters/"},
                "StorageConfiguration": {"BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000", "CompressionType": "NONE", "OutputKeyTemplate": "o/!{yyyy}"}}}
            """);
        status.ShouldBe(HttpStatusCode.OK, created.ToString());
        var stream = (await GetAsync("overview")).GetProperty("deliveryStreams").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "channel/seen");
        stream.GetProperty("type").GetString().ShouldBe("Channel");
        stream.GetProperty("sourceStream").GetString().ShouldBe("channeled");
        stream.GetProperty("bucket").GetString().ShouldBe("lake");
        var channel = stream.GetProperty("channel");
        channel.GetProperty("name").GetString().ShouldBe("seen");
        var arn = created.GetProperty("ChannelDescription").GetProperty("ChannelARN").GetString();
        channel.GetProperty("arn").GetString().ShouldBe(arn);
        channel.GetProperty("keyTemplate").GetString().ShouldBe("o/!{yyyy}");
        channel.GetProperty("recordFormat").GetString().ShouldBe("Json");
        channel.GetProperty("deadLetterBucket").GetString().ShouldBe("dead");
        channel.GetProperty("deadLetterPrefix").GetString().ShouldBe("letters/");
        stream.TryGetProperty("compaction", out _).ShouldBeFalse();

        (await PostAsync("kinesis/TagResource", $$"""{"ResourceARN": "{{arn}}", "Tags": {"headrace:compaction": "2MB", "headrace:compaction-after": "15m"} }""")).Status.ShouldBe(HttpStatusCode.OK);
        stream = (await GetAsync("overview")).GetProperty("deliveryStreams").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "channel/seen");
        stream.GetProperty("compaction").GetProperty("targetBytes").GetInt64().ShouldBe(2 * 1024 * 1024);
        stream.GetProperty("compaction").GetProperty("afterSeconds").GetInt64().ShouldBe(15 * 60);
    }

    [Fact]
    public async Task Events_go_on_each_second()
    {
        using var response = await server.Http.GetAsync(Address("events"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var times = new List<long>();
        while (times.Count < 2)
        {
            if (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line.StartsWith("data: ", StringComparison.Ordinal))
                times.Add(JsonDocument.Parse(line[6..]).RootElement.GetProperty("time").GetInt64());
        }
        times[1].ShouldBeGreaterThan(times[0]);
    }

    [Fact]
    public async Task Operations_run_unsigned_and_fail_in_their_own_words()
    {
        (await PostAsync("kinesis/CreateStream", """{"StreamName":"made","ShardCount":1}""")).Status.ShouldBe(HttpStatusCode.OK);
        await server.WaitForStatusAsync("made", "ACTIVE");
        var (status, body) = await PostAsync("kinesis/CreateStream", """{"StreamName":"made","ShardCount":1}""");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("__type").GetString().ShouldBe("ResourceInUseException");
        (await PostAsync("kinesis/NoSuchOperation", "{}")).Body.GetProperty("__type").GetString().ShouldBe("UnknownOperationException");
        (await PostAsync("firehose/ListDeliveryStreams", "{}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Aggregates_are_taken_apart()
    {
        await server.CreateStreamAsync("aggregated", 1);
        using var writer = new Protocol.Aggregation.AggregateWriter();
        writer.Add("k1", null, "one"u8);
        writer.Add("k2", null, "two"u8);
        using var packed = new Protocol.PooledBuffer();
        writer.WriteTo(packed);
        await server.KinesisAsync("PutRecord", $$"""{"StreamName":"aggregated","PartitionKey":"a","Data":"{{Convert.ToBase64String(packed.WrittenSpan)}}"}""");
        var record = (await GetAsync("streams/aggregated/records?shard=shardId-000000000000")).GetProperty("records")[0];
        record.GetProperty("userRecords").EnumerateArray().Select(each => Encoding.UTF8.GetString(each.GetProperty("data").GetBytesFromBase64())).ShouldBe(["one", "two"]);
        record.TryGetProperty("data", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_shard_that_was_split_stays_on_the_map()
    {
        await server.CreateStreamAsync("mapped", 1);
        await server.KinesisAsync("SplitShard", """{"StreamName":"mapped","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"170141183460469231731687303715884105728"}""");
        await server.WaitForStatusAsync("mapped", "ACTIVE");
        var shards = (await GetAsync("streams/mapped")).GetProperty("shards").EnumerateArray().ToList();
        shards.Select(shard => shard.GetProperty("isOpen").GetBoolean()).ShouldBe([false, true, true]);
        shards[2].GetProperty("parent").GetString().ShouldBe("shardId-000000000000");
    }

    [Theory]
    [InlineData("streams/none", "ResourceNotFoundException")]
    [InlineData("streams/none/records?shard=shardId-000000000000", "ResourceNotFoundException")]
    [InlineData("streams/none/tail", "ResourceNotFoundException")]
    [InlineData("nothing", "ResourceNotFoundException")]
    public async Task What_is_not_there_is_said_to_be_missing(string path, string type) =>
        (await SendAsync(HttpMethod.Get, path)).Body.GetProperty("__type").GetString().ShouldBe(type);

    [Theory]
    [InlineData("from=sideways")]
    [InlineData("limit=0")]
    [InlineData("from=at-timestamp&timestamp=never")]
    public async Task Wrong_positions_are_refused(string query)
    {
        if ((await GetAsync("overview")).GetProperty("streams").EnumerateArray().All(each => each.GetProperty("name").GetString() != "positions"))
            await server.CreateStreamAsync("positions", 1);
        var (status, body) = await SendAsync(HttpMethod.Get, $"streams/positions/records?shard=shardId-000000000000&{query}");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("__type").GetString().ShouldBe("ValidationException");
    }

    [Fact]
    public async Task What_was_stored_does_not_run_as_a_page_of_the_console()
    {
        await server.Http.PutAsync(new Uri(server.Endpoint, "pages"), null, TestContext.Current.CancellationToken);
        using var page = new StringContent("<script>fetch('/console/api/overview')</script>", Encoding.UTF8, "text/html");
        (await server.Http.PutAsync(new Uri(server.Endpoint, "pages/x.html"), page, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var direct = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Endpoint, "pages/x.html"));
        direct.Headers.TryAddWithoutValidation("Accept", "text/html,*/*");
        foreach (var request in new[] { direct, Request(HttpMethod.Get, "s3/pages/x.html") })
        {
            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldStartWith("sandbox");
            policy.ShouldNotContain("allow-same-origin");
        }
    }

    [Theory]
    [InlineData("Host", "rebound.example:4566")]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Pages_from_elsewhere_are_refused(string header, string value)
    {
        using var request = Request(HttpMethod.Get, "overview");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_change_needs_the_header_that_a_form_can_not_send()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("kinesis/ListStreams")) { Content = new StringContent("{}") };
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_bucket_called_console_is_S3s_to_whoever_signs()
    {
        foreach (var (method, path) in new[] { (HttpMethod.Put, "console"), (HttpMethod.Put, "console/key"), (HttpMethod.Get, "console/key") })
        {
            using var request = new HttpRequestMessage(method, new Uri(server.Endpoint, path));
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Every_page_is_under_the_strict_policy()
    {
        using var response = await server.Http.GetAsync(new Uri(server.Endpoint, "console/streams/any"), TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
    }

    private Uri Address(string path) => new(server.Endpoint, $"console/api/{path}");

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, Address(path));
        request.Headers.Add("X-Headrace-Console", "1");
        return request;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = Request(method, path);
        request.Content = json is null ? null : new StringContent(json);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
