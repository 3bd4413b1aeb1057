using Headrace.ControlPlane;

namespace Headrace.Buckets.Tests;

public sealed class BucketTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void BucketsSurviveAReopeningAndAreListedByAccount()
    {
        Store.CreateBucket(StoreFixture.Owner, "archive");
        Store.CreateBucket(new AccountScope("111111111111", "eu-west-1"), "theirs");
        _fixture.Reopen();
        Store.ListBuckets("000000000000").Select(bucket => bucket.Name).ShouldBe(["archive", "orders"]);
        Store.ListBuckets("111111111111").Single().Owner.Region.ShouldBe("eu-west-1");
    }

    [Fact]
    public void ANameIsTakenForEverybody()
    {
        Refused(() => Store.CreateBucket(StoreFixture.Owner, "orders")).ShouldBe(BucketsFault.BucketAlreadyOwnedByYou);
        Refused(() => Store.CreateBucket(new AccountScope("111111111111", "us-east-1"), "orders")).ShouldBe(BucketsFault.BucketAlreadyExists);
    }

    [Fact]
    public void OnlyAnEmptyBucketIsDeleted()
    {
        _fixture.Put("a", "1");
        Refused(() => Store.DeleteBucket("orders")).ShouldBe(BucketsFault.BucketNotEmpty);
        Store.DeleteObject("orders", new Objects.DeleteRequest("a"));
        Store.DeleteBucket("orders");
        Store.BucketExists("orders").ShouldBeFalse();
        Refused(() => Store.DeleteBucket("orders")).ShouldBe(BucketsFault.NoSuchBucket);
    }

    [Fact]
    public void DeletingABucketDropsItsUnfinishedUploads()
    {
        var upload = Store.CreateUpload(new Objects.NewObject { Bucket = "orders", Key = "a" });
        using (var part = Store.NewBody())
        {
            part.Write([1, 2, 3]);
            Store.PutPart("orders", "a", upload.Id, 1, part);
        }
        _fixture.Files.Count.ShouldBe(1);
        Store.DeleteBucket("orders");
        _fixture.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("de-c2w2lab1-000000000000-usa", true)]
    [InlineData("a.b.c", true)]
    [InlineData("1.2.3.x", true)]
    [InlineData("ab", false)]
    [InlineData("Abc", false)]
    [InlineData("a_b", false)]
    [InlineData("-abc", false)]
    [InlineData("abc-", false)]
    [InlineData("a..b", false)]
    [InlineData("192.168.5.4", false)]
    [InlineData("xn--abc", false)]
    [InlineData("abc-s3alias", false)]
    public void NamesFollowTheRules(string name, bool valid) => BucketName.IsValid(name).ShouldBe(valid);

    [Fact]
    public void ANameHasAtMost63Letters()
    {
        BucketName.IsValid(new string('a', 63)).ShouldBeTrue();
        BucketName.IsValid(new string('a', 64)).ShouldBeFalse();
    }

    private static BucketsFault Refused(Action action) => Should.Throw<BucketsException>(action).Fault;
}
