using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Headrace.Server.Tests.Signing;

namespace Headrace.Server.Tests.S3;

/// <summary>Uploads as AWS's own SDK sends them: chunked, each chunk signed, with signed trailing checksums.</summary>
public sealed class SdkUploadTests : IClassFixture<KeyedServerFixture>, IDisposable
{
    private readonly AmazonS3Client _s3;

    public SdkUploadTests(KeyedServerFixture server) => _s3 = new AmazonS3Client(
        new BasicAWSCredentials(KeyedServerFixture.AccessKey, KeyedServerFixture.Secret),
        new AmazonS3Config { ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });

    public void Dispose() => _s3.Dispose();

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(300_000, true)]
    [InlineData(300_000, false)]
    public async Task An_upload_comes_back_as_it_was_sent(int size, bool chunked)
    {
        var bucket = $"sdk-{size}-{(chunked ? "chunked" : "plain")}";
        await _s3.PutBucketAsync(bucket);
        var body = new byte[size];
        new Random(size).NextBytes(body);
        foreach (var algorithm in new[] { ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32C, ChecksumAlgorithm.SHA256 })
        {
            await _s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "a b/ü+1", InputStream = new MemoryStream(body), UseChunkEncoding = chunked, ChecksumAlgorithm = algorithm });
            using var got = await _s3.GetObjectAsync(bucket, "a b/ü+1");
            using var read = new MemoryStream();
            await got.ResponseStream.CopyToAsync(read);
            read.ToArray().ShouldBe(body);
            got.Headers.ContentEncoding.ShouldBeNullOrEmpty();
        }
    }
}
