using System.Net;
using System.Text;
using Headrace.Server.Tests.Signing;

namespace Headrace.Server.Tests.S3;

public class SignedS3Tests(KeyedServerFixture server) : IClassFixture<KeyedServerFixture>
{
    [Fact]
    public async Task Signed_requests_are_served()
    {
        (await SendAsync(HttpMethod.Put, "/signed")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, answer) = await SendAsync(HttpMethod.Put, "/signed/a%20b/%C3%A9%2Bc.txt", "hello");
        status.ShouldBe(HttpStatusCode.OK, answer);
        (await SendAsync(HttpMethod.Get, "/signed/a%20b/%C3%A9%2Bc.txt")).Body.ShouldBe("hello");
        (await SendAsync(HttpMethod.Get, "/signed?list-type=2&prefix=a%20b%2F")).Body.ShouldContain("<Key>a b/é+c.txt</Key>");
        using var presigned = await server.Http.GetAsync(server.Presign("s3", HttpMethod.Get, "/signed/a%20b/%C3%A9%2Bc.txt", TimeSpan.FromMinutes(1)));
        (await presigned.Content.ReadAsStringAsync()).ShouldBe("hello");
    }

    [Fact]
    public async Task A_presigned_url_takes_an_upload()
    {
        (await SendAsync(HttpMethod.Put, "/uploads")).Status.ShouldBe(HttpStatusCode.OK);
        using var content = new StringContent("hello");
        using var put = await server.Http.PutAsync(server.Presign("s3", HttpMethod.Put, "/uploads/k", TimeSpan.FromMinutes(1)), content);
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        using var get = await server.Http.GetAsync(server.Presign("s3", HttpMethod.Put, "/uploads/k", TimeSpan.FromMinutes(1)));
        get.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("invalid-sha256")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task A_presigned_upload_with_a_hash_that_is_not_the_bodys_is_refused(string hash)
    {
        (await SendAsync(HttpMethod.Put, $"/hashes{hash.Length}")).Status.ShouldBe(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Put, server.Presign("s3", HttpMethod.Put, $"/hashes{hash.Length}/k", TimeSpan.FromMinutes(1))) { Content = new StringContent("hello") };
        request.Headers.Add("x-amz-content-sha256", hash);
        using var answer = await server.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<Code>XAmzContentSHA256Mismatch</Code>");
    }

    [Fact]
    public async Task A_changed_body_leaves_no_object()
    {
        (await SendAsync(HttpMethod.Put, "/changed")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, answer) = await SendAsync(HttpMethod.Put, "/changed/k", "hello", request => request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("jello")));
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ShouldContain("<Code>XAmzContentSHA256Mismatch</Code>");
        (await SendAsync(HttpMethod.Get, "/changed/k")).Body.ShouldContain("<Code>NoSuchKey</Code>");
    }

    [Fact]
    public async Task Other_requests_are_forbidden()
    {
        using var unsigned = await server.Http.GetAsync(server.Endpoint);
        unsigned.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await unsigned.Content.ReadAsStringAsync()).ShouldContain("<Code>AccessDenied</Code>");
        var (status, answer) = await server.SendAsync("s3", HttpMethod.Get, "/", "", KeyedServerFixture.AccessKey, "wrong", []);
        status.ShouldBe(HttpStatusCode.Forbidden);
        answer.ShouldContain("<Code>SignatureDoesNotMatch</Code>");
        answer.ShouldContain("<StringToSign>AWS4-HMAC-SHA256");
        (await server.SendAsync("s3", HttpMethod.Get, "/", "", "AKIASTRANGER", "wrong", [])).Body.ShouldContain("<Code>InvalidAccessKeyId</Code>");
    }

    private Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string target, string body = "", Action<HttpRequestMessage>? alter = null) =>
        server.SendAsync("s3", method, target, body, KeyedServerFixture.AccessKey, KeyedServerFixture.Secret, [], alter);
}
