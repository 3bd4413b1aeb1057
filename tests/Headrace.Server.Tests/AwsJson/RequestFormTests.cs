using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Headrace.Server.Tests.AwsJson;

/// <summary>What recordings of the real service show of requests that have not the protocol's method or content type.</summary>
public sealed class RequestFormTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Target = "Kinesis_20131202.ListStreams";
    private const string Signed = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=00";
    private const string Denied = "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n";

    [Theory]
    [InlineData("GET", null)]
    [InlineData("PUT", null)]
    [InlineData("OPTIONS", null)]
    [InlineData("GET", Target)]
    public async Task Only_a_post_is_answered_otherwise(string method, string? target)
    {
        using var answer = await SendAsync(method, target, null, null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Content.Headers.ContentType.ShouldBeNull();
        answer.Headers.Contains("x-amzn-RequestId").ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldBe(Denied);
    }

    [Theory]
    [InlineData(null, null, 403, Denied)]
    [InlineData(null, "application/x-amz-json-1.0", 403, Denied)]
    [InlineData("Kinesis_20131202", null, 403, Denied)]
    [InlineData(Target, null, 404, "<UnknownOperationException/>\n")]
    [InlineData(Target, "application/x-amz-json-1.0", 404, "<UnknownOperationException/>\n")]
    [InlineData(Target, "text/plain", 404, "<UnknownOperationException/>\n")]
    public async Task Another_content_type(string? target, string? contentType, int status, string body)
    {
        using var answer = await SendAsync("POST", target, contentType, "{}");
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType.ShouldBeNull();
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Theory]
    [InlineData("{}", 404, "UnknownOperationException")]
    [InlineData("[]", 404, "UnknownOperationException")]
    [InlineData("hello", 400, "SerializationException")]
    [InlineData("7", 400, "SerializationException")]
    public async Task Plain_JSON_belongs_to_a_protocol_without_operations(string body, int status, string type)
    {
        using var answer = await SendAsync("POST", Target, "application/json", body);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$$"""{"Output":{"__type":"com.amazon.coral.service#{{{type}}}"},"Version":"1.0"}""");
    }

    [Theory]
    [InlineData(null, null, "UnknownOperationException")]
    [InlineData(Target, "application/json", "SerializationException")]
    [InlineData(Target, "application/x-amz-cbor-1.1", "SerializationException")]
    public async Task Without_a_body_CBOR_answers_unless_JSON_was_asked_for(string? target, string? contentType, string type)
    {
        using var answer = await SendAsync("POST", target, contentType, null);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-amz-cbor-1.1");
        Encoding.ASCII.GetString(await answer.Content.ReadAsByteArrayAsync()).ShouldContain(type);
    }

    [Fact]
    public async Task What_is_signed_for_nobody_here_is_for_the_buckets()
    {
        using var answer = await server.Http.GetAsync(server.Endpoint);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ListAllMyBucketsResult");
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string? target, string? contentType, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Endpoint);
        if (body is not null || contentType is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? ""));
        if (contentType is not null)
            request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (target is not null)
            request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", Signed);
        return await server.Http.SendAsync(request);
    }
}
