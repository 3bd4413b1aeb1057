using System.Net;
using System.Text;

namespace Headrace.Server.Tests.S3;

/// <summary>What is told of the parts that an object was uploaded in.</summary>
public sealed class MultipartReadTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int PartSize = 5 << 20;

    private static readonly string First = new('a', PartSize);
    private const string Last = "b";

    [Theory]
    [InlineData("CRC32", "FULL_OBJECT")]
    [InlineData("CRC32C", "COMPOSITE")]
    [InlineData("CRC64NVME", "FULL_OBJECT")]
    [InlineData("SHA1", "COMPOSITE")]
    [InlineData("SHA256", "COMPOSITE")]
    public async Task A_part_is_read_with_its_own_checksum(string algorithm, string type)
    {
        var bucket = $"parts-{algorithm.ToLowerInvariant()}";
        var header = $"x-amz-checksum-{algorithm.ToLowerInvariant()}";
        await server.CreateBucketAsync(bucket);
        var (whole, parts) = await UploadAsync(bucket, ("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", type));
        var checksums = parts.Select(part => part.Header(header)!).ToList();
        for (var number = 1; number <= 2; number++)
        {
            var read = await server.S3Async(HttpMethod.Get, $"/{bucket}/k?partNumber={number}", "", ("x-amz-checksum-mode", "ENABLED"));
            (read.Status, read.Header(header), read.Header("x-amz-checksum-type")).ShouldBe((HttpStatusCode.PartialContent, checksums[number - 1], type));
            read.Body.Length.ShouldBe(number == 1 ? PartSize : 1);
        }
        (await server.S3Async(HttpMethod.Head, $"/{bucket}/k?partNumber=1")).Header(header).ShouldBeNull();
        (await server.S3Async(HttpMethod.Get, $"/{bucket}/k", "", ("x-amz-checksum-mode", "ENABLED"), ("Range", "bytes=0-1"))).Header(header).ShouldBeNull();
        (await server.S3Async(HttpMethod.Head, $"/{bucket}/k", "", ("x-amz-checksum-mode", "ENABLED"))).Header(header).ShouldBe(whole.Texts($"Checksum{algorithm}").Single());
        var attributes = await server.S3Async(HttpMethod.Get, $"/{bucket}/k?attributes", "", ("x-amz-object-attributes", "ObjectParts"));
        attributes.Texts($"Checksum{algorithm}").ShouldBe(checksums);
    }

    [Fact]
    public async Task The_attributes_list_the_parts_by_pages()
    {
        await server.CreateBucketAsync("pages");
        await UploadAsync("pages");
        var all = await server.S3Async(HttpMethod.Get, "/pages/k?attributes", "", ("x-amz-object-attributes", "ObjectParts,ObjectSize"));
        all.Texts("PartsCount").ShouldBe(["2"]);
        all.Texts("PartNumber").ShouldBe(["1", "2"]);
        all.Texts("Size").ShouldBe([$"{PartSize}", "1"]);
        all.Texts("IsTruncated").ShouldBe(["false"]);
        var page = await server.S3Async(HttpMethod.Get, "/pages/k?attributes", "", ("x-amz-object-attributes", "ObjectParts"), ("x-amz-max-parts", "1"));
        (page.Texts("PartNumber").Single(), page.Texts("NextPartNumberMarker").Single(), page.Texts("IsTruncated").Single()).ShouldBe(("1", "1", "true"));
        page = await server.S3Async(HttpMethod.Get, "/pages/k?attributes", "", ("x-amz-object-attributes", "ObjectParts"), ("x-amz-part-number-marker", "1"));
        (page.Texts("PartNumber").Single(), page.Texts("PartsCount").Single(), page.Texts("IsTruncated").Single()).ShouldBe(("2", "2", "false"));
    }

    [Theory]
    [InlineData("x-amz-checksum-sha256", "bad")]
    [InlineData("x-amz-checksum-sha256", "arcu6553sHVAiX4MjW0j7I7vD4w6R+Gz9Ok0Q9lTa+0=-1")]
    public async Task An_upload_is_not_completed_with_another_checksum(string header, string value)
    {
        var bucket = "digest-" + value.Length;
        await server.CreateBucketAsync(bucket);
        var upload = (await server.S3Async(HttpMethod.Post, $"/{bucket}/k?uploads", "", ("x-amz-checksum-algorithm", "SHA256"))).Texts("UploadId").Single();
        var part = await PutPartAsync(bucket, upload, 1, Last, "SHA256");
        (await CompleteAsync(bucket, upload, [part], "SHA256", (header, value))).Code.ShouldBe("BadDigest");
        (await CompleteAsync(bucket, upload, [part], "SHA256")).Code.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_is_not_completed_with_anothers_key()
    {
        await server.CreateBucketAsync("keyed");
        var right = KeyHeaders("pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=", "DWygnHRtgiJ77HCm+1rvHw==");
        var wrong = KeyHeaders("6b+WOZ1T3cqZMxgThRcXAQBrS5mXKdDUphvpxptl9/4=", "arxBvwY2V4SiOne6yppVPQ==");
        var upload = (await server.S3Async(HttpMethod.Post, "/keyed/k?uploads", "", right)).Texts("UploadId").Single();
        var part = await server.S3Async(HttpMethod.Put, $"/keyed/k?partNumber=1&uploadId={upload}", Last, right);
        var refused = await CompleteAsync("keyed", upload, [part], null, wrong);
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "InvalidRequest"));
        (await CompleteAsync("keyed", upload, [part], null, right)).Header("x-amz-server-side-encryption-customer-key-MD5").ShouldBe(right[2].Value);
        (await server.S3Async(HttpMethod.Get, "/keyed/k", "", wrong)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await server.S3Async(HttpMethod.Get, "/keyed/k", "", right)).Body.ShouldBe(Last);
    }

    private static (string Name, string Value)[] KeyHeaders(string key, string md5) =>
    [
        ("x-amz-server-side-encryption-customer-algorithm", "AES256"),
        ("x-amz-server-side-encryption-customer-key", key),
        ("x-amz-server-side-encryption-customer-key-MD5", md5),
    ];

    private async Task<(S3Answer Whole, IReadOnlyList<S3Answer> Parts)> UploadAsync(string bucket, params (string Name, string Value)[] headers)
    {
        var algorithm = headers.FirstOrDefault(header => header.Name == "x-amz-checksum-algorithm").Value;
        var upload = (await server.S3Async(HttpMethod.Post, $"/{bucket}/k?uploads", "", headers)).Texts("UploadId").Single();
        var parts = new[] { await PutPartAsync(bucket, upload, 1, First, algorithm), await PutPartAsync(bucket, upload, 2, Last, algorithm) };
        var whole = await CompleteAsync(bucket, upload, parts, algorithm);
        whole.Code.ShouldBeEmpty();
        return (whole, parts);
    }

    private async Task<S3Answer> PutPartAsync(string bucket, string upload, int number, string body, string? algorithm)
    {
        var headers = algorithm is null ? [] : new[] { ("x-amz-sdk-checksum-algorithm", algorithm) };
        var part = await server.S3Async(HttpMethod.Put, $"/{bucket}/k?partNumber={number}&uploadId={upload}", body, headers);
        part.Code.ShouldBeEmpty();
        return part;
    }

    private Task<S3Answer> CompleteAsync(string bucket, string upload, IReadOnlyList<S3Answer> parts, string? algorithm, params (string Name, string Value)[] headers)
    {
        var named = new StringBuilder();
        for (var index = 0; index < parts.Count; index++)
        {
            var checksum = algorithm is null ? "" : $"<Checksum{algorithm}>{parts[index].Header("x-amz-checksum-" + algorithm.ToLowerInvariant())}</Checksum{algorithm}>";
            named.Append($"<Part><PartNumber>{index + 1}</PartNumber><ETag>{parts[index].ETag!.Trim('"')}</ETag>{checksum}</Part>");
        }
        return server.S3Async(HttpMethod.Post, $"/{bucket}/k?uploadId={upload}", $"<CompleteMultipartUpload>{named}</CompleteMultipartUpload>", headers);
    }
}
