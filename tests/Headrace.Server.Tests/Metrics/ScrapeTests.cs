using System.Globalization;
using System.Net;

namespace Headrace.Server.Tests.Metrics;

/// <summary>What a server tells of itself after it was used.</summary>
public sealed class ScrapeTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Puts_and_reads_are_counted()
    {
        await server.CreateStreamAsync("counted", 2);
        await server.KinesisAsync("PutRecords", """{"StreamName":"counted","Records":[{"Data":"aGVsbG8=","PartitionKey":"a"},{"Data":"aGk=","PartitionKey":"bb"}]}""");
        await server.KinesisAsync("PutRecord", """{"StreamName":"counted","Data":"","PartitionKey":"ccc"}""");
        for (var shard = 0; shard < 2; shard++)
            await server.RecordsAsync(await server.IteratorAsync("counted", shard));

        var scrape = await ScrapeAsync();
        const string labels = """{AccountId="000000000000",Region="us-east-1",StreamName="counted"}""";
        Value(scrape, $"kinesis_IncomingRecords_total{labels}").ShouldBe(3);
        Value(scrape, $"kinesis_IncomingBytes_total{labels}").ShouldBe(5 + 1 + 2 + 2 + 3);
        Value(scrape, $"kinesis_PutRecords_Success_total{labels}").ShouldBe(1);
        Value(scrape, $"kinesis_PutRecords_TotalRecords_total{labels}").ShouldBe(2);
        Value(scrape, $"kinesis_PutRecords_SuccessfulRecords_total{labels}").ShouldBe(2);
        Value(scrape, $"kinesis_PutRecord_Success_total{labels}").ShouldBe(1);
        Value(scrape, $"kinesis_PutRecord_Bytes_total{labels}").ShouldBe(3);
        Value(scrape, $"kinesis_PutRecords_Latency_milliseconds_count{labels}").ShouldBe(1);
        Value(scrape, $"kinesis_GetRecords_Records_total{labels}").ShouldBe(3);
        Value(scrape, $"kinesis_GetRecords_Success_total{labels}").ShouldBe(2);
        Value(scrape, $"kinesis_GetRecords_IteratorAgeMilliseconds{labels}").ShouldBe(0);
        scrape.ShouldNotContain("""StreamName="counted",ShardId=""");
    }

    [Fact]
    public async Task Shards_are_counted_where_enhanced_monitoring_asks()
    {
        await server.CreateStreamAsync("by-shard", 1);
        await server.KinesisAsync("EnableEnhancedMonitoring", """{"StreamName":"by-shard","ShardLevelMetrics":["IncomingRecords"]}""");
        await server.WaitForStatusAsync("by-shard", "ACTIVE");
        await server.KinesisAsync("PutRecord", """{"StreamName":"by-shard","Data":"aGk=","PartitionKey":"a"}""");
        var scrape = await ScrapeAsync();
        Value(scrape, """kinesis_shard_IncomingRecords_total{AccountId="000000000000",Region="us-east-1",StreamName="by-shard",ShardId="shardId-000000000000"}""").ShouldBe(1);
        scrape.ShouldNotContain("""kinesis_shard_IncomingBytes_total{AccountId="000000000000",Region="us-east-1",StreamName="by-shard""");
    }

    [Fact]
    public async Task A_repeated_put_counts_as_a_call_and_not_as_records()
    {
        await server.CreateStreamAsync("repeated", 1);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
            {
                Content = new StringContent("""{"StreamName":"repeated","Data":"aGk=","PartitionKey":"a"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-amz-json-1.1")),
            };
            request.Headers.TryAddWithoutValidation("X-Amz-Target", "Kinesis_20131202.PutRecord");
            request.Headers.TryAddWithoutValidation("amz-sdk-invocation-id", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
            request.Headers.TryAddWithoutValidation("amz-sdk-request", $"attempt={attempt}; max=3");
            (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var scrape = await ScrapeAsync();
        const string labels = """{AccountId="000000000000",Region="us-east-1",StreamName="repeated"}""";
        Value(scrape, $"kinesis_PutRecord_Success_total{labels}").ShouldBe(2);
        Value(scrape, $"kinesis_IncomingRecords_total{labels}").ShouldBe(1);
    }

    [Fact]
    public async Task Requests_to_buckets_are_counted()
    {
        await PutAsync("counted-bucket");
        await PutAsync("counted-bucket/key", "hello");
        (await server.Http.GetStringAsync(new Uri(server.Endpoint, "counted-bucket/key"))).ShouldBe("hello");
        (await server.Http.GetAsync(new Uri(server.Endpoint, "counted-bucket/none"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Http.GetAsync(new Uri(server.Endpoint, "no-such-bucket/none"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await server.Http.GetStringAsync(new Uri(server.Endpoint, "counted-bucket"));
        var scrape = await ScrapeAsync();
        const string labels = """{BucketName="counted-bucket"}""";
        Value(scrape, $"s3_AllRequests_total{labels}").ShouldBe(5);
        Value(scrape, $"s3_PutRequests_total{labels}").ShouldBe(2);
        Value(scrape, $"s3_GetRequests_total{labels}").ShouldBe(2);
        Value(scrape, $"s3_ListRequests_total{labels}").ShouldBe(1);
        Value(scrape, $"s3_4xxErrors_total{labels}").ShouldBe(1);
        Value(scrape, $"s3_BytesUploaded_total{labels}").ShouldBe(5);
        scrape.ShouldNotContain("no-such-bucket");
    }

    [Fact]
    public async Task Delivery_is_counted()
    {
        await PutAsync("delivered-bucket");
        var (created, body) = await server.SendAsync(
            "Firehose_20150804.CreateDeliveryStream",
            """
            {"DeliveryStreamName":"direct","ExtendedS3DestinationConfiguration":{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::delivered-bucket","BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":0}}}
            """);
        created.ShouldBe(HttpStatusCode.OK, body.ToString());
        await Poll.UntilAsync(async () => (await server.SendAsync("Firehose_20150804.PutRecord", """{"DeliveryStreamName":"direct","Record":{"Data":"aGVsbG8="}}""")).Status == HttpStatusCode.OK);
        const string labels = """{AccountId="000000000000",Region="us-east-1",DeliveryStreamName="direct"}""";
        await Poll.UntilAsync(async () => Value(await ScrapeAsync(), $"firehose_DeliveryToS3_Success_total{labels}") == 1);
        await Poll.UntilAsync(async () => Value(await ScrapeAsync(), $"firehose_DeliveryToS3_DataFreshness_seconds{labels}") == 0);
        var scrape = await ScrapeAsync();
        Value(scrape, $"firehose_IncomingRecords_total{labels}").ShouldBe(1);
        Value(scrape, $"firehose_IncomingBytes_total{labels}").ShouldBe(5);
        Value(scrape, $"firehose_DeliveryToS3_Records_total{labels}").ShouldBe(1);
        Value(scrape, $"firehose_DeliveryToS3_Bytes_total{labels}").ShouldBe(5);
    }

    [Fact]
    public async Task Probes_answer()
    {
        (await server.Http.GetStringAsync(new Uri(server.Endpoint, "healthz"))).ShouldBe("ok\n");
        (await server.Http.GetStringAsync(new Uri(server.Endpoint, "readyz"))).ShouldBe("ready\n");
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(server.Endpoint, "metrics"));
        (await server.Http.SendAsync(head)).Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
    }

    [Fact]
    public async Task A_bucket_of_that_name_is_still_there_for_S3()
    {
        await PutAsync("healthz");
        await PutAsync("healthz/key", "hello");
        (await server.Http.GetStringAsync(new Uri(server.Endpoint, "healthz/key"))).ShouldBe("hello");
        (await server.Http.GetStringAsync(new Uri(server.Endpoint, "healthz?list-type=2"))).ShouldContain("<Key>key</Key>");
        using var signed = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Endpoint, "healthz"));
        signed.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        (await (await server.Http.SendAsync(signed)).Content.ReadAsStringAsync()).ShouldContain("<Key>key</Key>");
        using var hosted = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Endpoint, "metrics"));
        hosted.Headers.Host = "healthz.localhost";
        (await server.Http.SendAsync(hosted)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await server.Http.DeleteAsync(new Uri(server.Endpoint, "healthz/key"));
    }

    private async Task<string> ScrapeAsync() => await server.Http.GetStringAsync(new Uri(server.Endpoint, "metrics"));

    private async Task PutAsync(string path, string body = "")
    {
        using var content = new StringContent(body);
        (await server.Http.PutAsync(new Uri(server.Endpoint, path), content)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static double Value(string scrape, string sample)
    {
        var line = scrape.Split('\n').SingleOrDefault(line => line.StartsWith(sample + " ", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line[(sample.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
