using System.Security.Cryptography;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Uploads;
using Headrace.Buckets.Versions;

namespace Headrace.Buckets.Tests.Encryption;

public sealed class CustomerKeyTests : IDisposable
{
    private const int MinPart = 5 << 20;
    private readonly StoreFixture _fixture = new();
    private readonly CustomerKey _key = NewKey();

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_003)]
    public async Task What_lies_on_the_disk_is_not_what_was_put(int length)
    {
        var body = new byte[length];
        Random.Shared.NextBytes(body);
        var stored = Put("k", body, _key);
        _fixture.Reopen();
        (await ReadAsync("k", _key, 0, length)).ShouldBe(body);
        (stored.ETag == Convert.ToHexStringLower(MD5.HashData(body))).ShouldBe(length == 0);
        if (length > 16)
            (await File.ReadAllBytesAsync(_fixture.Files.Single())).AsSpan().IndexOf(body.AsSpan(0, 16)).ShouldBe(-1);
    }

    [Fact]
    public async Task Any_range_is_read_by_itself()
    {
        var body = new byte[70_000];
        Random.Shared.NextBytes(body);
        Put("k", body, _key);
        foreach (var (offset, length) in new[] { (0, 1), (15, 2), (16, 16), (17, 40_000), (16_383, 2), (69_999, 1) })
            (await ReadAsync("k", _key, offset, length)).ShouldBe(body[offset..(offset + length)]);
    }

    [Fact]
    public void Equal_bytes_with_one_key_look_different()
    {
        Put("a", new byte[64], _key);
        Put("b", new byte[64], _key);
        var files = _fixture.Files.Select(File.ReadAllBytes).ToList();
        files[0].ShouldNotBe(files[1]);
        files[0].AsSpan(0, 16).SequenceEqual(files[0].AsSpan(16, 16)).ShouldBeFalse();
    }

    [Fact]
    public void Only_the_same_key_opens()
    {
        Put("k", [1], _key);
        _fixture.Put("plain", "x");
        Refused(() => Store.OpenObject(StoreFixture.Bucket, "k")).ShouldBe(BucketsFault.CustomerKeyMissing);
        Refused(() => Store.OpenObject(StoreFixture.Bucket, "k", customerKey: NewKey())).ShouldBe(BucketsFault.CustomerKeyWrong);
        Refused(() => Store.OpenObject(StoreFixture.Bucket, "plain", customerKey: _key)).ShouldBe(BucketsFault.CustomerKeyUnexpected);
        // Deleting takes no key.
        Store.DeleteObject(StoreFixture.Bucket, new DeleteRequest("k"));
    }

    [Fact]
    public async Task Versions_keep_the_keys_that_they_came_with()
    {
        Store.SetVersioning(StoreFixture.Bucket, VersioningState.Enabled);
        var first = Put("k", [1, 2, 3], _key);
        var other = NewKey();
        Put("k", [4], other);
        (await ReadAsync("k", _key, 0, 3, first.VersionId)).ShouldBe([1, 2, 3]);
        (await ReadAsync("k", other, 0, 1)).ShouldBe([4]);
    }

    [Fact]
    public async Task Parts_are_encrypted_with_the_key_that_their_upload_began_with()
    {
        var upload = Store.CreateUpload(new NewObject { Bucket = StoreFixture.Bucket, Key = "k" }, key: _key);
        Refused(() => PutPart(upload, 1, [1], null)).ShouldBe(BucketsFault.CustomerKeyMissing);
        Refused(() => PutPart(upload, 1, [1], NewKey())).ShouldBe(BucketsFault.CustomerKeyUnexpected);
        _fixture.Files.ShouldBeEmpty();
        var first = new byte[MinPart + 1];
        Random.Shared.NextBytes(first);
        var parts = new[] { PutPart(upload, 1, first, _key), PutPart(upload, 2, [7, 8, 9], _key) };
        Store.CompleteUpload(StoreFixture.Bucket, "k", upload.Id, [.. parts.Select(part => new PartReference(part.Number, part.ETag))]);
        (await ReadAsync("k", _key, first.Length - 20, 23)).ShouldBe([.. first[^20..], 7, 8, 9]);
    }

    private static CustomerKey NewKey() => new(RandomNumberGenerator.GetBytes(CustomerKey.Size));

    private static BucketsFault Refused(Action action) => Should.Throw<BucketsException>(action).Fault;

    private StoredObject Put(string key, byte[] body, CustomerKey customerKey)
    {
        using var writer = Store.NewBody(ChecksumAlgorithm.Crc64Nvme, customerKey);
        foreach (var piece in body.Chunk(4093))
            writer.Write(piece);
        return Store.PutObject(new NewObject { Bucket = StoreFixture.Bucket, Key = key }, writer);
    }

    private UploadedPart PutPart(MultipartUpload upload, int number, byte[] body, CustomerKey? key)
    {
        using var writer = Store.NewBody(upload.PartAlgorithm, key);
        writer.Write(body);
        return Store.PutPart(StoreFixture.Bucket, "k", upload.Id, number, writer);
    }

    private async Task<byte[]> ReadAsync(string key, CustomerKey customerKey, long offset, long length, string? versionId = null)
    {
        using var reader = Store.OpenObject(StoreFixture.Bucket, key, versionId, customerKey);
        return await StoreFixture.ReadAsync(reader, offset, length);
    }
}
