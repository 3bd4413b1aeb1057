using System.Net;
using System.Text;

namespace Headrace.Server.Tests.S3;

/// <summary>Bodies in forms of their own: without a length, with a checksum that is none, in an HTML form.</summary>
public sealed class UploadFormTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_body_needs_no_length_when_it_comes_in_https_own_chunks()
    {
        await server.CreateBucketAsync("lengths");
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(server.Endpoint, "/lengths/k")) { Content = new ByteArrayContent("bar"u8.ToArray()) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await server.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.S3Async(HttpMethod.Get, "/lengths/k")).Body.ShouldBe("bar");
    }

    [Theory]
    [InlineData("x-amz-checksum-sha256", "bad")]
    [InlineData("x-amz-checksum-crc64nvme", "bad")]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==")]
    public async Task A_checksum_that_is_not_the_bodys_is_refused(string header, string value)
    {
        await server.CreateBucketAsync("digests");
        var answer = await server.S3Async(HttpMethod.Put, "/digests/k", "body", (header, value));
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "BadDigest"));
        var missing = await server.S3Async(HttpMethod.Head, "/digests/k");
        (missing.Status, missing.Header("x-amz-delete-marker")).ShouldBe((HttpStatusCode.NotFound, "false"));
    }

    [Fact]
    public async Task A_forms_checksum_needs_no_condition()
    {
        await server.CreateBucketAsync("posted");
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"expiration":"2999-01-01T00:00:00Z","conditions":[{"bucket":"posted"},["starts-with","$key",""]]}"""));
        (await PostAsync(policy, "x-amz-checksum-crc32", "AAAAAA==")).ShouldBe((HttpStatusCode.BadRequest, "BadDigest"));
        (await PostAsync(policy, "x-amz-checksum-sha256", "none")).ShouldBe((HttpStatusCode.BadRequest, "BadDigest"));
        (await PostAsync(policy, "x-amz-checksum-crc32", "jJ82EA==")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(policy, "x-amz-meta-a", "b")).ShouldBe((HttpStatusCode.Forbidden, "AccessDenied"));
    }

    private async Task<(HttpStatusCode Status, string Code)> PostAsync(string policy, string field, string value)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in new[] { ("key", "k"), ("policy", policy), ("AWSAccessKeyId", "AKIA"), ("signature", "any"), (field, value) })
            form.Add(new StringContent(text), name);
        form.Add(new StringContent("file"), "file", "f.txt");
        using var answer = await server.Http.PostAsync(new Uri(server.Endpoint, "/posted"), form);
        return (answer.StatusCode, new S3Answer(answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync()).Code);
    }
}
