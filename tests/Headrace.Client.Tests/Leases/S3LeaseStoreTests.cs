using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Headrace.Server;
using Headrace.Server.Hosting;

namespace Headrace.Client.Tests.Leases;

/// <summary>Against our own server's S3.</summary>
public sealed class S3LeaseStoreTests(S3LeaseStoreTests.Service service) : LeaseStoreConformance, IClassFixture<S3LeaseStoreTests.Service>
{
    private readonly string _prefix = $"groups/{Guid.NewGuid():N}";

    [Fact]
    public async Task Other_objects_are_left_alone_and_a_missing_bucket_is_told()
    {
        using var s3 = service.S3();
        foreach (var key in (string[])[$"{_prefix}/notes.txt", $"{_prefix}/deeper/x.json", $"{_prefix}.json"])
            await s3.PutObjectAsync(new() { BucketName = Service.Bucket, Key = key, ContentBody = "?" });
        using var store = await OpenedAsync();
        (await store.ListAsync()).ShouldBeEmpty();

        using var nowhere = new S3LeaseStore("no-such-bucket", "", service.Options);
        (await Should.ThrowAsync<LeaseStoreException>(() => nowhere.InitializeAsync())).Message.ShouldContain("NoSuchBucket");
    }

    [Fact]
    public async Task An_object_that_is_no_lease_is_told()
    {
        using var s3 = service.S3();
        await s3.PutObjectAsync(new() { BucketName = Service.Bucket, Key = $"{_prefix}/shardId-000000000000.json", ContentBody = "no json" });
        using var store = Open();
        (await Should.ThrowAsync<LeaseStoreException>(() => store.InitializeAsync())).Message.ShouldContain("is no lease");
    }

    protected override ILeaseStore Open() => LeaseStoreAddress.Open($"s3://{Service.Bucket}/{_prefix}", service.Options);

    public sealed class Service : IAsyncLifetime
    {
        public const string Bucket = "leases";

        private readonly string _directory = Directory.CreateTempSubdirectory("headrace-leases-").FullName;
        private HeadraceServer _server = null!;

        internal ClientOptions Options => new() { EndpointUrl = _server.Endpoint };

        public async ValueTask InitializeAsync()
        {
            _server = await HeadraceServer.StartAsync(new ServerOptions { DataDirectory = _directory, Listen = new IPEndPoint(IPAddress.Loopback, 0) });
            using var s3 = S3();
            await s3.PutBucketAsync(Bucket);
        }

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }

        internal AmazonS3Client S3() =>
            new(new BasicAWSCredentials("test", "test"), new AmazonS3Config { ServiceURL = _server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
    }
}
