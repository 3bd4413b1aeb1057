using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Headrace.Server.Tests.AwsJson;

/// <summary>What recordings of the real service show of its answers' form.</summary>
public sealed class WireTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Json = "application/x-amz-json-1.1";

    [Theory]
    [InlineData("ListStreams", "{}")]
    [InlineData("ListStreams", "{")]
    [InlineData("NoSuchThing", "{}")]
    public async Task Every_answer_has_its_ids(string operation, string body)
    {
        using var answer = await SendAsync($"Kinesis_20131202.{operation}", body, Json);
        Guid.TryParse(answer.Headers.GetValues("x-amzn-RequestId").Single(), out _).ShouldBeTrue();
        Convert.FromBase64String(answer.Headers.GetValues("x-amz-id-2").Single()).Length.ShouldBe(72);
        using var other = await SendAsync($"Kinesis_20131202.{operation}", body, Json);
        other.Headers.GetValues("x-amz-id-2").ShouldNotBe(answer.Headers.GetValues("x-amz-id-2"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"StreamName\":")]
    [InlineData("{} {}")]
    public async Task What_is_no_JSON_is_a_serialization_fault_without_a_message(string body)
    {
        using var answer = await SendAsync("Kinesis_20131202.ListStreams", body, Json);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.ToString().ShouldBe(Json);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"__type":"SerializationException"}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Kinesis_20131202")]
    [InlineData("Kinesis_20131202.")]
    [InlineData("Kinesis_20131202.listStreams")]
    [InlineData("Kinesis_20141202.ListStreams")]
    [InlineData("Kinesis_20131202.ListStreams.More")]
    public async Task What_names_no_operation_is_answered_in_its_own_format(string? target)
    {
        using var json = await SendAsync(target, "{}", $"{Json}; charset=utf-8");
        json.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        json.Content.Headers.ContentType!.ToString().ShouldBe(Json);
        (await json.Content.ReadAsStringAsync()).ShouldBe("""{"__type":"UnknownOperationException"}""");
        using var cbor = await SendAsync(target, "\u00a0", "application/x-amz-cbor-1.1");
        cbor.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        cbor.Content.Headers.ContentType!.ToString().ShouldBe("application/x-amz-cbor-1.1");
        Convert.ToHexString(await cbor.Content.ReadAsByteArrayAsync())
            .ShouldBe($"BF66{Convert.ToHexString("__type"u8)}7819{Convert.ToHexString("UnknownOperationException"u8)}FF");
    }

    [Theory]
    [InlineData("hello", Json, "7B225F5F74797065223A2253657269616C697A6174696F6E457863657074696F6E227D")]
    [InlineData("\u007f", "application/x-amz-cbor-1.1", "BF665F5F747970657653657269616C697A6174696F6E457863657074696F6EFF")]
    public async Task What_names_no_operation_must_be_readable_first(string body, string contentType, string answer)
    {
        using var refusal = await SendAsync("Kinesis_20131202.NoSuchThing", body, contentType);
        refusal.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Convert.ToHexString(await refusal.Content.ReadAsByteArrayAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task Of_members_given_twice_the_last_counts_and_unknown_ones_are_ignored()
    {
        await server.CreateStreamAsync("twice", 1);
        var summary = await server.KinesisAsync("DescribeStreamSummary", """{"StreamName":"none","More":{"deep":[1,{}]},"StreamName":"twice"}""");
        summary.GetProperty("StreamDescriptionSummary").GetProperty("StreamName").GetString().ShouldBe("twice");
        await server.KinesisAsync("PutRecord", """{"StreamName":"none","Data":"","PartitionKey":"a","Data":"QQ==","StreamName":"twice","Other":null,"PartitionKey":"b"}""");
        await server.KinesisAsync("PutRecords", """{"Records":[],"StreamName":"twice","Records":[{"Data":"Qg==","PartitionKey":"c","x":[]}]}""");
        var records = (await server.RecordsAsync(await server.IteratorAsync("twice", 0))).GetProperty("Records").EnumerateArray();
        records.Select(record => $"{record.GetProperty("PartitionKey")} {record.GetProperty("Data")}").ShouldBe(["b QQ==", "c Qg=="]);
    }

    [Fact]
    public async Task A_browser_may_ask_and_may_call()
    {
        using var preflight = await SendAsync(null, "", null, HttpMethod.Options, ("Origin", "http://page"), ("Access-Control-Request-Headers", "a, b"), ("Access-Control-Request-Method", "POST"));
        preflight.StatusCode.ShouldBe(HttpStatusCode.OK);
        preflight.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        string.Join(", ", preflight.Headers.GetValues("Access-Control-Allow-Headers")).ShouldBe("a, b");
        preflight.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["POST"]);
        preflight.Headers.GetValues("Access-Control-Max-Age").ShouldBe(["172800"]);
        preflight.Headers.Contains("x-amzn-RequestId").ShouldBeTrue();
        preflight.Headers.Contains("x-amz-id-2").ShouldBeFalse();
        preflight.Content.Headers.ContentLength.ShouldBe(0);

        using var call = await SendAsync("Kinesis_20131202.ListStreams", "{}", Json, HttpMethod.Post, ("Origin", "http://page"));
        call.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        string.Join(',', call.Headers.GetValues("Access-Control-Expose-Headers")).ShouldContain("x-amz-id-2");
        using var plain = await SendAsync("Kinesis_20131202.ListStreams", "{}", Json);
        plain.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private async Task<HttpResponseMessage> SendAsync(string? target, string body, string? contentType, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, server.Endpoint) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) };
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (target is not null)
            request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }
}
