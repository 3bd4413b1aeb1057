using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headrace.Server.Faults;
using Headrace.Server.Tests.AwsCbor;

namespace Headrace.Server.Tests.Faults;

public sealed class RehearsedFailureTests
{
    [Fact]
    public async Task Records_of_a_put_fail_one_by_one_and_the_others_are_stored()
    {
        await using var server = await StartAsync(("PutRecords", "ProvisionedThroughputExceededException", 0.3), ("PutRecords", "InternalFailure", 0.2));
        await server.CreateStreamAsync("s", 1);
        var entries = Enumerable.Range(0, 400).Select(n => $$"""{"Data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{n}"))}}","PartitionKey":"k"}""");
        var answer = await server.KinesisAsync("PutRecords", $$"""{"StreamName":"s","Records":[{{string.Join(',', entries)}}]}""");
        var results = answer.GetProperty("Records").EnumerateArray().ToList();
        var codes = results.Select(result => result.TryGetProperty("ErrorCode", out var code) ? code.GetString() : null).ToList();
        answer.GetProperty("FailedRecordCount").GetInt32().ShouldBe(codes.Count(code => code is not null));
        codes.Count(code => code == "ProvisionedThroughputExceededException").ShouldBeInRange(80, 160);
        codes.Count(code => code == "InternalFailure").ShouldBeInRange(30, 90);
        results[codes.IndexOf("InternalFailure")].GetProperty("ErrorMessage").GetString().ShouldBe("Internal service failure.");
        var stored = (await server.RecordsAsync(await server.IteratorAsync("s", 0))).GetProperty("Records").EnumerateArray().ToList();
        stored.Select(record => Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()))
            .ShouldBe(Enumerable.Range(0, 400).Where(n => codes[n] is null).Select(n => $"{n}"));
        stored.Select(record => record.GetProperty("SequenceNumber").GetString())
            .ShouldBe(results.Where((_, n) => codes[n] is null).Select(result => result.GetProperty("SequenceNumber").GetString()));
    }

    [Fact]
    public async Task A_call_fails_with_its_errors_status()
    {
        await using var server = await StartAsync(("ListStreams", "InternalFailure", 1), ("DescribeLimits", "LimitExceededException", 1), ("Firehose.PutRecord", "ServiceUnavailableException", 1));
        (await AnswerAsync("Kinesis_20131202.ListStreams")).ShouldBe((HttpStatusCode.InternalServerError, "InternalFailure"));
        (await AnswerAsync("Kinesis_20131202.DescribeLimits")).ShouldBe((HttpStatusCode.BadRequest, "LimitExceededException"));
        (await AnswerAsync("Firehose_20150804.PutRecord")).ShouldBe((HttpStatusCode.ServiceUnavailable, "ServiceUnavailableException"));
        (await server.CborErrorAsync("DescribeLimits")).Type.ShouldBe("LimitExceededException");
        (await server.KinesisErrorAsync("PutRecord", "{}")).Type.ShouldBe("ValidationException");

        async Task<(HttpStatusCode, string?)> AnswerAsync(string target)
        {
            var (status, body) = await server.SendAsync(target, "{}");
            return (status, body.GetProperty("__type").GetString());
        }
    }

    [Fact]
    public async Task Records_of_a_delivery_streams_put_fail_one_by_one()
    {
        await using var server = await StartAsync(("PutRecordBatch", "ServiceUnavailableException", 0.5));
        const string role = "arn:aws:iam::000000000000:role/firehose";
        await FirehoseAsync("CreateDeliveryStream", $$$"""{"DeliveryStreamName":"d","S3DestinationConfiguration":{"RoleARN":"{{{role}}}","BucketARN":"arn:aws:s3:::nowhere"}}""");
        await Poll.UntilAsync(async () =>
            (await FirehoseAsync("DescribeDeliveryStream", """{"DeliveryStreamName":"d"}""")).ToString().Contains("\"ACTIVE\"", StringComparison.Ordinal));
        var entries = Enumerable.Repeat("""{"Data":"eA=="}""", 200);
        var answer = await FirehoseAsync("PutRecordBatch", $$"""{"DeliveryStreamName":"d","Records":[{{string.Join(',', entries)}}]}""");
        var results = answer.GetProperty("RequestResponses").EnumerateArray().ToList();
        var failed = results.Where(result => result.TryGetProperty("ErrorCode", out _)).ToList();
        failed.Count.ShouldBeInRange(60, 140);
        answer.GetProperty("FailedPutCount").GetInt32().ShouldBe(failed.Count);
        failed.ShouldAllBe(result => result.GetProperty("ErrorCode").GetString() == "ServiceUnavailableException" && result.GetProperty("ErrorMessage").GetString() == "Slow down.");
        results.Where(result => result.TryGetProperty("RecordId", out _)).Select(result => result.GetProperty("RecordId").GetString()).Distinct().Count().ShouldBe(200 - failed.Count);

        async Task<JsonElement> FirehoseAsync(string operation, string json)
        {
            var (status, body) = await server.SendAsync($"Firehose_20150804.{operation}", json);
            status.ShouldBe(HttpStatusCode.OK, body.ToString());
            return body;
        }
    }

    [Fact]
    public async Task A_put_whose_answer_is_lost_is_stored_and_its_repeat_is_answered()
    {
        await using var server = await StartAsync(("Kinesis.PutRecord", "LostAnswer", 0.5));
        await server.CreateStreamAsync("s", 1);
        var lost = 0;
        for (var n = 0; n < 30; n++)
        {
            var call = Guid.NewGuid();
            for (var attempt = 1; ; attempt++)
            {
                using var request = Put(server.Endpoint, n, call, attempt);
                try
                {
                    using var response = await server.Http.SendAsync(request);
                    response.StatusCode.ShouldBe(HttpStatusCode.OK);
                    break;
                }
                catch (HttpRequestException)
                {
                    lost++;
                }
            }
        }
        lost.ShouldBeGreaterThan(0);
        var stored = (await server.RecordsAsync(await server.IteratorAsync("s", 0))).GetProperty("Records").EnumerateArray();
        stored.Select(record => record.GetProperty("Data").GetBytesFromBase64()[0]).ShouldBe(Enumerable.Range(0, 30).Select(n => (byte)n));
    }

    [Fact]
    public async Task A_delayed_call_is_carried_out_later()
    {
        var rule = FaultRule.Create(null, "ListStreams", FaultRule.OnlyDelay, 1, TimeSpan.FromMilliseconds(50));
        await using var server = await ServerFixture.StartAsync(options => options with { Faults = [rule] });
        (await server.KinesisAsync("ListStreams", "{}")).GetProperty("HasMoreStreams").GetBoolean().ShouldBeFalse();
    }

    private static HttpRequestMessage Put(Uri endpoint, int n, Guid call, int attempt)
    {
        var json = $$"""{"StreamName":"s","PartitionKey":"k","Data":"{{Convert.ToBase64String([(byte)n])}}"}""";
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.PutRecord");
        request.Headers.Add("amz-sdk-invocation-id", call.ToString());
        request.Headers.Add("amz-sdk-request", $"attempt={attempt}");
        return request;
    }

    private static Task<ServerFixture> StartAsync(params (string Operation, string Error, double Share)[] rules) =>
        ServerFixture.StartAsync(options => options with { Faults = [.. rules.Select(rule => Rule(rule.Operation, rule.Error, rule.Share))], FaultSeed = 1 });

    private static FaultRule Rule(string operation, string error, double share)
    {
        var name = operation.Split('.');
        return FaultRule.Create(name.Length == 2 ? name[0] : null, name[^1], error, share, TimeSpan.Zero);
    }
}
