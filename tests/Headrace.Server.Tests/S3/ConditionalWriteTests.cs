using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Headrace.Server.Tests.S3;

/// <summary>Puts, completions and deletes that are done only while the key is what the client thinks it is.</summary>
public sealed class ConditionalWriteTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Other = "\"0123456789abcdef0123456789abcdef\"";

    [Theory]
    [InlineData("put", false)]
    [InlineData("put", true)]
    [InlineData("complete", false)]
    [InlineData("complete", true)]
    public async Task A_write_holds_its_conditions_against_the_keys_object(string write, bool versioned)
    {
        var bucket = $"{write}-{versioned}".ToLowerInvariant();
        await server.CreateBucketAsync(bucket, versioned);
        (await WriteAsync(bucket, "If-Match", "*")).ShouldBe("NoSuchKey");
        (await WriteAsync(bucket, "If-Match", Other)).ShouldBe("NoSuchKey");
        (await WriteAsync(bucket, "If-None-Match", Other)).ShouldBeEmpty();
        var etag = (await server.S3Async(HttpMethod.Head, $"/{bucket}/k")).ETag!;
        (await WriteAsync(bucket, "If-None-Match", "*")).ShouldBe("PreconditionFailed");
        (await WriteAsync(bucket, "If-None-Match", etag)).ShouldBe("PreconditionFailed");
        (await WriteAsync(bucket, "If-Match", Other)).ShouldBe("PreconditionFailed");
        (await WriteAsync(bucket, "If-Match", etag)).ShouldBeEmpty();
        (await WriteAsync(bucket, "If-Match", "*")).ShouldBeEmpty();
        await server.S3Async(HttpMethod.Delete, $"/{bucket}/k");
        (await WriteAsync(bucket, "If-Match", etag)).ShouldBe("NoSuchKey");
        (await WriteAsync(bucket, "If-None-Match", "*")).ShouldBeEmpty();

        Task<string> WriteAsync(string target, string header, string value) => write == "put" ? PutAsync(target, header, value) : CompleteAsync(target, header, value);
    }

    [Theory]
    [InlineData("If-Match", Other)]
    [InlineData("x-amz-if-match-size", "9999")]
    [InlineData("x-amz-if-match-last-modified-time", "Thu, 01 Jan 2015 00:00:00 GMT")]
    public async Task A_delete_spares_what_it_does_not_mean(string header, string wrong)
    {
        var bucket = "delete-" + header.ToLowerInvariant();
        await server.CreateBucketAsync(bucket);
        (await DeleteAsync(bucket, "k", header, wrong)).ShouldBe("");
        (await server.S3Async(HttpMethod.Put, $"/{bucket}/k", "x")).Code.ShouldBeEmpty();
        (await DeleteAsync(bucket, "k", header, wrong)).ShouldBe("PreconditionFailed");
        (await server.S3Async(HttpMethod.Head, $"/{bucket}/k")).Status.ShouldBe(HttpStatusCode.OK);
        var head = await server.S3Async(HttpMethod.Get, $"/{bucket}?list-type=2");
        var right = header switch { "If-Match" => head.Texts("ETag").Single(), "x-amz-if-match-size" => "1", _ => head.Texts("LastModified").Single() };
        (await DeleteAsync(bucket, "k", header, right)).ShouldBe("");
        (await server.S3Async(HttpMethod.Head, $"/{bucket}/k")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await DeleteAsync(bucket, "k", header, wrong)).ShouldBe("");
    }

    [Fact]
    public async Task A_delete_that_expects_an_object_makes_no_marker_of_nothing_and_finds_a_marker_to_be_none()
    {
        await server.CreateBucketAsync("markers", versioned: true);
        (await DeleteAsync("markers", "k", "If-Match", "*")).ShouldBe("");
        (await server.S3Async(HttpMethod.Get, "/markers?versions")).Texts("DeleteMarker").ShouldBeEmpty();
        var put = await server.S3Async(HttpMethod.Put, "/markers/k", "x");
        (await DeleteAsync("markers", "k", "If-Match", put.ETag!)).ShouldBe("");
        (await DeleteAsync("markers", "k", "If-Match", put.ETag!)).ShouldBe("PreconditionFailed");
        (await DeleteAsync("markers", "k", "x-amz-if-match-size", "1")).ShouldBe("PreconditionFailed");
        (await DeleteAsync("markers", "k", "If-Match", "*")).ShouldBe("");
        var version = $"k?versionId={put.Header("x-amz-version-id")}";
        (await DeleteAsync("markers", version, "If-Match", Other)).ShouldBe("PreconditionFailed");
        (await DeleteAsync("markers", version, "If-Match", put.ETag!)).ShouldBe("");
        (await DeleteAsync("markers", version, "If-Match", Other)).ShouldBe("");
    }

    [Fact]
    public async Task Each_of_many_deletes_has_its_own_condition()
    {
        await server.CreateBucketAsync("many", versioned: true);
        var put = await server.S3Async(HttpMethod.Put, "/many/k", "x");
        const string wrong = "<Delete><Object><Key>k</Key><ETag>other</ETag></Object><Object><Key>none</Key><ETag>other</ETag></Object></Delete>";
        var answer = await DeleteManyAsync(wrong);
        answer.Texts("Code").ShouldBe(["PreconditionFailed"]);
        answer.Texts("Deleted").Count.ShouldBe(1);
        answer = await DeleteManyAsync($"<Delete><Object><Key>k</Key><ETag>{put.ETag!.Trim('"')}</ETag><Size>1</Size></Object></Delete>");
        answer.Texts("DeleteMarker").ShouldBe(["true"]);
        (await DeleteManyAsync(wrong)).Texts("Code").ShouldBe(["PreconditionFailed"]);
    }

    private async Task<string> PutAsync(string bucket, string header, string value) => (await server.S3Async(HttpMethod.Put, $"/{bucket}/k", "x", (header, value))).Code;

    private async Task<string> CompleteAsync(string bucket, string header, string value)
    {
        var upload = (await server.S3Async(HttpMethod.Post, $"/{bucket}/k?uploads")).Texts("UploadId").Single();
        var part = await server.S3Async(HttpMethod.Put, $"/{bucket}/k?partNumber=1&uploadId={upload}", "x");
        var parts = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag!.Trim('"')}</ETag></Part></CompleteMultipartUpload>";
        return (await server.S3Async(HttpMethod.Post, $"/{bucket}/k?uploadId={upload}", parts, (header, value))).Code;
    }

    private async Task<string> DeleteAsync(string bucket, string target, string header, string value) =>
        (await server.S3Async(HttpMethod.Delete, $"/{bucket}/{target}", "", (header, value))).Code;

    private Task<S3Answer> DeleteManyAsync(string document) => server.S3Async(HttpMethod.Post, "/many?delete", document, ("x-amz-checksum-sha256", Sha256Of(document)));

    private static string Sha256Of(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
