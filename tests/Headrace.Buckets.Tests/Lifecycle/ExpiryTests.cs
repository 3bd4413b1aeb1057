using Headrace.Buckets.Lifecycle;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;

namespace Headrace.Buckets.Tests.Lifecycle;

public sealed class ExpiryTests : IDisposable
{
    private readonly SetTime _time = new(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
    private readonly StoreFixture _fixture;

    public ExpiryTests() => _fixture = new StoreFixture(_time);

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void ObjectsExpireAtTheMidnightAfterTheirDays()
    {
        _fixture.Put("logs/a", "1");
        _fixture.Put("other", "1");
        Set(new LifecycleRule { Id = "r", IsEnabled = true, Prefix = "logs/", ExpirationDays = 2 });
        var midnight = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
        Store.ExpiryOf(Store.GetObject("orders", "logs/a")).ShouldBe(new ObjectExpiry(midnight, "r"));
        Store.ExpiryOf(Store.GetObject("orders", "other")).ShouldBeNull();
        At(midnight.AddSeconds(-1));
        Store.ObjectExists("orders", "logs/a").ShouldBeTrue();
        _fixture.Reopen();
        At(midnight);
        Keys().ShouldBe(["other"]);
        _fixture.Files.Count.ShouldBe(1);
    }

    [Fact]
    public void TagsAndSizesChoose()
    {
        Put("tagged", 10, new Dictionary<string, string> { ["a"] = "b" });
        Put("untagged", 10, []);
        Put("large", 100, new Dictionary<string, string> { ["a"] = "b" });
        Set(new LifecycleRule { Id = "r", IsEnabled = true, Tags = new Dictionary<string, string> { ["a"] = "b" }, SmallerThan = 100, ExpirationDays = 1 });
        At(_time.Now.AddDays(3));
        Keys().ShouldBe(["large", "untagged"]);
    }

    [Fact]
    public void ADisabledRuleDoesNothing()
    {
        _fixture.Put("a", "1");
        Set(new LifecycleRule { Id = "r", IsEnabled = false, ExpirationDays = 1 });
        At(_time.Now.AddDays(9));
        Keys().ShouldBe(["a"]);
    }

    [Fact]
    public void PastVersionsGoAndThenTheLoneMarker()
    {
        Store.SetVersioning("orders", VersioningState.Enabled);
        _fixture.Put("a", "1");
        _fixture.Put("a", "2");
        _fixture.Put("a", "3");
        Set(
            new LifecycleRule { Id = "current", IsEnabled = true, ExpirationDays = 1 },
            new LifecycleRule { Id = "past", IsEnabled = true, NoncurrentDays = 1, KeptNoncurrentVersions = 1 },
            new LifecycleRule { Id = "markers", IsEnabled = true, ExpiresLoneMarkers = true });
        At(_time.Now.AddDays(2));
        // The current one is hidden by a marker; of the past ones the newest was kept then.
        Versions().Select(version => version.IsDeleteMarker).ShouldBe([true, false, false]);
        At(_time.Now.AddDays(2));
        Versions().Count.ShouldBe(2);
        Set(new LifecycleRule { Id = "past", IsEnabled = true, NoncurrentDays = 1 }, new LifecycleRule { Id = "markers", IsEnabled = true, ExpiresLoneMarkers = true });
        At(_time.Now);
        Versions().ShouldBeEmpty();
        _fixture.Files.ShouldBeEmpty();
    }

    [Fact]
    public void UploadsThatNobodyCompletesAreAborted()
    {
        var upload = Store.CreateUpload(new NewObject { Bucket = "orders", Key = "big" });
        using (var body = Store.NewBody())
        {
            body.Write([1]);
            Store.PutPart("orders", "big", upload.Id, 1, body);
        }
        Set(new LifecycleRule { Id = "r", IsEnabled = true, AbortUploadsAfterDays = 1 });
        At(_time.Now);
        _fixture.Files.Count.ShouldBe(1);
        At(_time.Now.AddDays(2));
        _fixture.Files.ShouldBeEmpty();
        Store.ListUploads(new ListingRequest { Bucket = "orders" }).Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheWorkerExpiresWhatANewRuleSaysIsDue()
    {
        _fixture.Put("a", "1");
        await using var worker = new LifecycleWorker(Store, _time, failure => throw failure);
        Set(new LifecycleRule { Id = "r", IsEnabled = true, ExpirationDate = _time.Now.AddDays(-1) });
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (Store.ObjectExists("orders", "a"))
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private void Set(params LifecycleRule[] rules) => Store.SetLifecycle("orders", new LifecycleConfiguration(rules, "<LifecycleConfiguration/>"));

    private void At(DateTimeOffset time)
    {
        _time.Now = time;
        Store.ExpireObjects(TestContext.Current.CancellationToken);
    }

    private void Put(string key, int length, Dictionary<string, string> tags)
    {
        using var body = Store.NewBody();
        body.Write(new byte[length]);
        Store.PutObject(new NewObject { Bucket = "orders", Key = key, Tags = tags }, body);
    }

    private IEnumerable<string> Keys() => Store.ListObjects(new ListingRequest { Bucket = "orders" }).Objects.Select(found => found.Key);

    private IReadOnlyList<ObjectVersion> Versions() => Store.ListVersions(new ListingRequest { Bucket = "orders" }).Versions;
}
