using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Headrace.Buckets.Objects;

namespace Headrace.Buckets.Tests;

public sealed class ObjectTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task WhatWasPutIsThereAfterAReopening()
    {
        var body = RandomNumberGenerator.GetBytes(700_000);
        var stored = _fixture.Put("a/b c/ü", body);
        stored.ETag.ShouldBe(Convert.ToHexStringLower(Md5(body)));
        _fixture.Reopen();
        (await _fixture.ReadAsync("a/b c/ü")).ShouldBe(body);
        Store.GetObject("orders", "a/b c/ü").ShouldSatisfyAllConditions(
            found => found.Length.ShouldBe(700_000),
            found => found.ETag.ShouldBe(stored.ETag),
            found => found.Checksum.ShouldBe(stored.Checksum),
            found => found.ModifiedAt.ShouldBe(stored.ModifiedAt));
    }

    [Fact]
    public async Task AnEmptyObjectHasNoFile()
    {
        _fixture.Put("empty", "");
        (await _fixture.ReadAsync("empty")).ShouldBeEmpty();
        _fixture.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task AReplacedObjectStaysReadableToThoseWhoReadItAndThenItsFileGoes()
    {
        _fixture.Put("a", "old");
        using (var reader = Store.OpenObject("orders", "a"))
        {
            _fixture.Put("a", "new");
            _fixture.Files.Count.ShouldBe(2);
            Encoding.UTF8.GetString(await StoreFixture.ReadAsync(reader, 0, 3)).ShouldBe("old");
        }
        _fixture.Files.Count.ShouldBe(1);
        Encoding.UTF8.GetString(await _fixture.ReadAsync("a")).ShouldBe("new");
    }

    [Fact]
    public void ABodyThatNobodyStoredLeavesNothing()
    {
        using (var writer = Store.NewBody())
        {
            writer.Write([1, 2, 3]);
            _fixture.Files.Count.ShouldBe(1);
        }
        _fixture.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task OpeningSweepsWhatAnInterruptedServerLeft()
    {
        _fixture.Put("a", "kept");
        var shelved = _fixture.Files.Single();
        var orphan = Path.Combine(Path.GetDirectoryName(shelved)!, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(orphan, "renamed, but never indexed", TestContext.Current.CancellationToken);
        System.IO.Directory.CreateDirectory(Path.Combine(_fixture.Directory, "incoming"));
        await File.WriteAllTextAsync(Path.Combine(_fixture.Directory, "incoming", Guid.NewGuid().ToString("N")), "half", TestContext.Current.CancellationToken);
        _fixture.Reopen();
        _fixture.Files.ShouldBe([shelved]);
        Encoding.UTF8.GetString(await _fixture.ReadAsync("a")).ShouldBe("kept");
    }

    [Fact]
    public void AMissingBucketOrKeyIsNamed()
    {
        Refused(() => Store.GetObject("nobody", "a")).ShouldBe(BucketsFault.NoSuchBucket);
        Refused(() => Store.GetObject("orders", "a")).ShouldBe(BucketsFault.NoSuchKey);
        Refused(() => _fixture.Put("a", [1], bucket: "nobody")).ShouldBe(BucketsFault.NoSuchBucket);
        _fixture.Files.ShouldBeEmpty();
        Store.ObjectExists("nobody", "a").ShouldBeFalse();
    }

    [Fact]
    public void ALostFileIsAFaultAndNotAnEndlessSearch()
    {
        _fixture.Put("a", "bytes");
        File.Delete(_fixture.Files.Single());
        Refused(() => Store.OpenObject("orders", "a")).ShouldBe(BucketsFault.StorageFailed);
    }

    [Fact]
    public void ConditionsAreCheckedAgainstWhatIsThere()
    {
        Refused(() => _fixture.Put("a", [1], new WriteCondition(IfMatch: "*"))).ShouldBe(BucketsFault.NoSuchKey);
        var first = _fixture.Put("a", [1], new WriteCondition(IfNoneMatch: "*"));
        Refused(() => _fixture.Put("a", [2], new WriteCondition(IfNoneMatch: "*"))).ShouldBe(BucketsFault.PreconditionFailed);
        var second = _fixture.Put("a", [2], new WriteCondition(IfMatch: first.ETag));
        Refused(() => _fixture.Put("a", [3], new WriteCondition(IfMatch: first.ETag))).ShouldBe(BucketsFault.PreconditionFailed);
        Store.GetObject("orders", "a").ETag.ShouldBe(second.ETag);
        _fixture.Files.Count.ShouldBe(1);
    }

    [Fact]
    public void AKeyHas1To1024BytesOfUtf8()
    {
        _fixture.Put(new string('ü', 512), "fits");
        Refused(() => _fixture.Put(new string('ü', 512) + "x", "does not")).ShouldBe(BucketsFault.KeyTooLong);
        Refused(() => _fixture.Put("", "does not")).ShouldBe(BucketsFault.KeyTooLong);
    }

    [Fact]
    public void DeletingIsDoneWhenNothingIsThere()
    {
        Store.DeleteObject("orders", new DeleteRequest("never"));
        _fixture.Put("a", "1");
        _fixture.Put("b", "2");
        Store.DeleteObjects("orders", [new("a"), new("b"), new("c")]);
        _fixture.Files.ShouldBeEmpty();
        Store.ObjectExists("orders", "a").ShouldBeFalse();
    }

    [Fact]
    public async Task AnyRangeIsReadExactly()
    {
        var body = RandomNumberGenerator.GetBytes(600_000);
        _fixture.Put("a", body);
        using var reader = Store.OpenObject("orders", "a");
        await Gen.Int[0, body.Length].SelectMany(from => Gen.Int[from, body.Length].Select(to => (from, to))).SampleAsync(async range =>
        {
            var read = await StoreFixture.ReadAsync(reader, range.from, range.to - range.from);
            return read.AsSpan().SequenceEqual(body.AsSpan(range.from..range.to));
        }, iter: 200);
    }

    private static BucketsFault Refused(Action action) => Should.Throw<BucketsException>(action).Fault;

#pragma warning disable CA5351 // S3 defines the ETag so.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
