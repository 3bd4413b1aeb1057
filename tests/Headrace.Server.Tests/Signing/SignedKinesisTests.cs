using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Headrace.Server.Tests.Signing;

public class SignedKinesisTests(KeyedServerFixture server) : IClassFixture<KeyedServerFixture>
{
    [Fact]
    public async Task Signed_requests_are_served()
    {
        (await SendAsync("CreateStream", """{"StreamName":"signed","ShardCount":1}""")).Status.ShouldBe(HttpStatusCode.OK);
        await Poll.UntilAsync(async () => (await SendAsync("DescribeStreamSummary", """{"StreamName":"signed"}""")).Body.Contains("\"ACTIVE\"", StringComparison.Ordinal));
        (await SendAsync("PutRecord", """{"StreamName":"signed","PartitionKey":"k","Data":"aGVsbG8="}""")).Body.ShouldContain("SequenceNumber");
    }

    [Fact]
    public async Task Signed_requests_are_served_over_http2()
    {
        var answer = await SendAsync("ListStreams", "{}", alter: request =>
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
    }

    [Fact]
    public async Task The_key_tells_account_and_region()
    {
        (await SendAsync("CreateStream", """{"StreamName":"mine","ShardCount":1}""", KeyedServerFixture.AccountKey)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("DescribeStreamSummary", """{"StreamName":"mine"}""", KeyedServerFixture.AccountKey)).Body.ShouldContain("arn:aws:kinesis:eu-west-1:123456789012:stream/mine");
        TypeOf(await SendAsync("DescribeStreamSummary", """{"StreamName":"mine"}""")).ShouldBe("ResourceNotFoundException");
    }

    [Theory]
    [InlineData("{}", "MissingAuthenticationTokenException")]
    [InlineData("{", "SerializationException")]
    public async Task Of_an_unsigned_request_the_body_is_looked_at_first(string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(body, new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "Kinesis_20131202.ListStreams");
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        error.RootElement.GetProperty("__type").GetString().ShouldBe(type);
    }

    [Fact]
    public async Task An_unsigned_request_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent("{}", new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.ListStreams");
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldBe("""{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}""");
    }

    [Theory]
    [InlineData("", "X", "IncompleteSignatureException", "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=S2irOEf+2n1sYsH7y+6/o16rc1HtXnj03a3qXfZLgBU=")]
    [InlineData("?X-Amz-Algorithm", "X", "InvalidSignatureException", "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")]
    [InlineData("?X-Amz-Algorithm", null, "IncompleteSignatureException", "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.")]
    [InlineData("?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d", null, "IncompleteSignatureException", "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.")]
    [InlineData("?X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d", null, "MissingAuthenticationTokenException", "Missing Authentication Token")]
    public async Task A_signature_that_is_not_whole(string query, string? authorization, string type, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Endpoint, $"/{query}")) { Content = new StringContent("{}", new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.ListStreams");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        error.RootElement.GetProperty("__type").GetString().ShouldBe(type);
        error.RootElement.GetProperty("message").GetString().ShouldBe(message);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_with_a_hint()
    {
        var answer = await SendAsync("ListStreams", "{}", secret: "wrong");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        TypeOf(answer).ShouldBe("InvalidSignatureException");
        var message = JsonDocument.Parse(answer.Body).RootElement.GetProperty("message").GetString()!;
        message.ShouldStartWith("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'POST\n/\n");
        message.ShouldContain("\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n");
    }

    [Fact]
    public async Task An_unknown_key_is_refused()
    {
        var answer = await SendAsync("ListStreams", "{}", accessKey: "AKIASTRANGER");
        TypeOf(answer).ShouldBe("UnrecognizedClientException");
        answer.Body.ShouldContain("The security token included in the request is invalid.");
    }

    [Fact]
    public async Task Changes_on_the_way_are_refused()
    {
        TypeOf(await SendAsync("ListStreams", """{"Limit":1}""", alter: request => request.Content = new StringContent("""{"Limit":2}""", new MediaTypeHeaderValue("application/x-amz-json-1.1")))).ShouldBe("InvalidSignatureException");
        TypeOf(await SendAsync("ListStreams", "{}", alter: request =>
        {
            request.Headers.Remove("X-Amz-Target");
            request.Headers.Add("X-Amz-Target", "Kinesis_20131202.DescribeLimits");
        })).ShouldBe("InvalidSignatureException");
        TypeOf(await SendAsync("ListStreams", "{}", alter: request => request.RequestUri = new Uri(server.Endpoint, "/?a=b"))).ShouldBe("InvalidSignatureException");
    }

    [Fact]
    public async Task A_signature_for_another_service_is_refused()
    {
        var answer = await SendAsync("ListStreams", "{}", service: "firehose");
        TypeOf(answer).ShouldBe("InvalidSignatureException");
        answer.Body.ShouldContain("Credential should be scoped to correct service: 'kinesis'.");
        var other = await server.SendAsync("firehose", HttpMethod.Post, "/", "{}", KeyedServerFixture.AccessKey, KeyedServerFixture.Secret, [("X-Amz-Target", "Firehose_20150804.ListDeliveryStreams"), ("Content-Type", "application/x-amz-json-1.1")]);
        other.Status.ShouldBe(HttpStatusCode.OK);
    }

    private Task<(HttpStatusCode Status, string Body)> SendAsync(
        string operation, string json, string accessKey = KeyedServerFixture.AccessKey, string secret = KeyedServerFixture.Secret, string service = "kinesis", Action<HttpRequestMessage>? alter = null) =>
        server.SendAsync(service, HttpMethod.Post, "/", json, accessKey, secret, [("X-Amz-Target", $"Kinesis_20131202.{operation}"), ("Content-Type", "application/x-amz-json-1.1")], alter);

    private static string TypeOf((HttpStatusCode Status, string Body) answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        return JsonDocument.Parse(Encoding.UTF8.GetBytes(answer.Body)).RootElement.GetProperty("__type").GetString()!;
    }
}
