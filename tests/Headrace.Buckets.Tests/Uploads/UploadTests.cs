using System.Security.Cryptography;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Uploads;

namespace Headrace.Buckets.Tests.Uploads;

public sealed class UploadTests : IDisposable
{
    private const int MinPart = 5 << 20;
    private readonly StoreFixture _fixture = new();

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task PartsBecomeOneObjectAndUnnamedOnesGo()
    {
        var upload = Begin();
        var first = RandomNumberGenerator.GetBytes(MinPart);
        var last = RandomNumberGenerator.GetBytes(1000);
        var parts = new[] { Put(upload, 1, first), Put(upload, 3, last) };
        Put(upload, 2, [1]);
        _fixture.Reopen();
        var made = Complete(upload, parts);
        made.ETag.ShouldEndWith("-2");
        made.Parts.ShouldBe([new ObjectPart(1, MinPart), new ObjectPart(3, 1000)]);
        Store.GetObject("orders", "big").Parts.ShouldBe(made.Parts);
        (await _fixture.ReadAsync("big")).ShouldBe([.. first, .. last]);
        _fixture.Files.Count.ShouldBe(2);
        Refused(() => Store.ListParts("orders", "big", upload.Id)).ShouldBe(BucketsFault.NoSuchUpload);
    }

    [Fact]
    public async Task RangesCrossParts()
    {
        var upload = Begin();
        var first = RandomNumberGenerator.GetBytes(MinPart);
        var last = RandomNumberGenerator.GetBytes(1000);
        Complete(upload, [Put(upload, 1, first), Put(upload, 2, last)]);
        using var reader = Store.OpenObject("orders", "big");
        (await StoreFixture.ReadAsync(reader, MinPart - 10, 30)).ShouldBe([.. first[^10..], .. last[..20]]);
        (await StoreFixture.ReadAsync(reader, MinPart + 5, 10)).ShouldBe(last[5..15]);
    }

    [Fact]
    public void TheFullChecksumIsThatOfTheWholeAndACompositeOneThatOfTheParts()
    {
        var first = RandomNumberGenerator.GetBytes(MinPart);
        var last = RandomNumberGenerator.GetBytes(77);
        var full = Begin(ChecksumAlgorithm.Crc32, ChecksumType.FullObject);
        Complete(full, [Put(full, 1, first), Put(full, 2, last)]).Checksum.ShouldBe(
            new ObjectChecksum(ChecksumAlgorithm.Crc32, ChecksumType.FullObject, Base64(ChecksumAlgorithm.Crc32, [.. first, .. last])));
        var composite = Begin(ChecksumAlgorithm.Sha256, ChecksumType.Composite);
        var expected = Base64(ChecksumAlgorithm.Sha256, [.. SHA256.HashData(first), .. SHA256.HashData(last)]) + "-2";
        UploadedPart[] parts = [Put(composite, 1, first), Put(composite, 2, last)];
        Refused(() => Store.CompleteUpload("orders", "big", composite.Id, [.. parts.Select(part => new PartReference(part.Number, part.ETag))])).ShouldBe(BucketsFault.MissingPartChecksum);
        Complete(composite, parts).Checksum.ShouldBe(
            new ObjectChecksum(ChecksumAlgorithm.Sha256, ChecksumType.Composite, expected));
    }

    [Fact]
    public void WrongListsOfPartsAreRefusedAndNothingChanges()
    {
        var upload = Begin();
        var first = Put(upload, 1, new byte[MinPart]);
        var small = Put(upload, 2, [1]);
        var last = Put(upload, 3, [2]);
        Refused(() => Complete(upload, [small, first])).ShouldBe(BucketsFault.InvalidPartOrder);
        Refused(() => Complete(upload, [first with { ETag = small.ETag }])).ShouldBe(BucketsFault.InvalidPart);
        Refused(() => Complete(upload, [first with { Number = 9 }])).ShouldBe(BucketsFault.InvalidPart);
        Refused(() => Complete(upload, [small, last])).ShouldBe(BucketsFault.EntityTooSmall);
        Store.ListParts("orders", "big", upload.Id).Count.ShouldBe(3);
        Complete(upload, [first, last]);
    }

    [Fact]
    public void APartPutAgainReplacesItsFile()
    {
        var upload = Begin();
        Put(upload, 1, [1]);
        Put(upload, 1, [2]);
        _fixture.Files.Count.ShouldBe(1);
    }

    [Fact]
    public void AbortedUploadsLeaveNothing()
    {
        var upload = Begin();
        Put(upload, 1, [1, 2, 3]);
        Store.ListUploads(new ListingRequest { Bucket = "orders" }).Uploads.Single().Id.ShouldBe(upload.Id);
        Store.AbortUpload("orders", "big", upload.Id);
        _fixture.Files.ShouldBeEmpty();
        Store.ListUploads(new ListingRequest { Bucket = "orders" }).Uploads.ShouldBeEmpty();
        Refused(() => Store.AbortUpload("orders", "big", upload.Id)).ShouldBe(BucketsFault.NoSuchUpload);
    }

    [Fact]
    public void UploadsArePaged()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Begin().Id).Order(StringComparer.Ordinal).ToList();
        var first = Store.ListUploads(new ListingRequest { Bucket = "orders", MaxKeys = 3 });
        first.LastKey.ShouldBe("big");
        var rest = Store.ListUploads(new ListingRequest { Bucket = "orders", After = "big" }, first.LastId);
        rest.LastKey.ShouldBeNull();
        first.Uploads.Concat(rest.Uploads).Select(upload => upload.Id).ShouldBe(ids);
        Store.ListUploads(new ListingRequest { Bucket = "orders", After = "big" }).Uploads.ShouldBeEmpty();
        Store.ListUploads(new ListingRequest { Bucket = "orders", Prefix = "x" }).Uploads.ShouldBeEmpty();
    }

    private MultipartUpload Begin(ChecksumAlgorithm? algorithm = null, ChecksumType type = ChecksumType.FullObject) =>
        Store.CreateUpload(new NewObject { Bucket = "orders", Key = "big" }, algorithm, type);

    private UploadedPart Put(MultipartUpload upload, int number, byte[] body)
    {
        using var writer = Store.NewBody(upload.PartAlgorithm);
        writer.Write(body);
        return Store.PutPart("orders", "big", upload.Id, number, writer);
    }

    private StoredObject Complete(MultipartUpload upload, IEnumerable<UploadedPart> parts) =>
        Store.CompleteUpload("orders", "big", upload.Id, [.. parts.Select(part => new PartReference(part.Number, part.ETag, part.Checksum.Value))]);

    private static BucketsFault Refused(Action action) => Should.Throw<BucketsException>(action).Fault;

    private static string Base64(ChecksumAlgorithm algorithm, byte[] bytes)
    {
        using var hash = ChecksumHash.Create(algorithm);
        hash.Append(bytes);
        return Convert.ToBase64String(hash.Value());
    }
}
