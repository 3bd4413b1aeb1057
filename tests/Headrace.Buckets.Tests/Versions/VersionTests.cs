using System.Text;
using CsCheck;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Retention;
using Headrace.Buckets.Versions;

namespace Headrace.Buckets.Tests.Versions;

public sealed class VersionTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task EveryPutMakesAVersionThatStaysReadable()
    {
        Store.SetVersioning("orders", VersioningState.Enabled);
        var first = _fixture.Put("a", "one");
        var second = _fixture.Put("a", "two");
        _fixture.Reopen();
        (await ReadAsync("a", first.VersionId)).ShouldBe("one");
        (await ReadAsync("a", null)).ShouldBe("two");
        Store.GetObject("orders", "a").VersionId.ShouldBe(second.VersionId);
        _fixture.Files.Count.ShouldBe(2);
    }

    [Fact]
    public void ADeleteHidesAndDeletingItsMarkerBringsBack()
    {
        Store.SetVersioning("orders", VersioningState.Enabled);
        var stored = _fixture.Put("a", "one");
        var marker = Store.DeleteObject("orders", new DeleteRequest("a"));
        marker.IsDeleteMarker.ShouldBeTrue();
        Should.Throw<BucketsException>(() => Store.GetObject("orders", "a")).VersionId.ShouldBe(marker.VersionId);
        Refused(() => Store.GetObject("orders", "a", marker.VersionId)).ShouldBe(BucketsFault.IsDeleteMarker);
        Store.ListObjects(new ListingRequest { Bucket = "orders" }).Objects.ShouldBeEmpty();
        Store.DeleteObject("orders", new DeleteRequest("a", marker.VersionId)).IsDeleteMarker.ShouldBeTrue();
        Store.GetObject("orders", "a").VersionId.ShouldBe(stored.VersionId);
        Store.DeleteObject("orders", new DeleteRequest("a", stored.VersionId));
        _fixture.Files.ShouldBeEmpty();
        Store.DeleteBucket("orders");
    }

    [Fact]
    public void ALockedVersionStays()
    {
        Store.CreateBucket(StoreFixture.Owner, "locked", locksObjects: true);
        Store.SetObjectLock("locked", new DefaultRetention(RetentionMode.Compliance, Days: 1, Years: null));
        var stored = _fixture.Put("a", [1], bucket: "locked");
        Refused(() => Store.DeleteObject("locked", new DeleteRequest("a", stored.VersionId, BypassGovernance: true))).ShouldBe(BucketsFault.AccessDenied);
        Refused(() => Store.SetRetention("locked", "a", null, bypassGovernance: true)).ShouldBe(BucketsFault.AccessDenied);
        Store.DeleteObject("locked", new DeleteRequest("a")).IsDeleteMarker.ShouldBeTrue();
        _fixture.Files.Count.ShouldBe(1);
        Refused(() => Store.DeleteBucket("locked")).ShouldBe(BucketsFault.BucketNotEmpty);
    }

    /// <summary>Against a model: for each key the versions that there should be, the newest first.</summary>
    [Fact]
    public void AnyHistoryIsTheOneOfTheModel()
    {
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 9]);
        step.Array[1, 40].Sample(
            steps =>
            {
                using var fixture = new StoreFixture();
                var model = Enumerable.Range(0, 3).Select(_ => new List<(string Id, bool Marker)>()).ToList();
                var state = VersioningState.Unversioned;
                foreach (var (key, action, choice) in steps)
                    Take(fixture.Store, fixture, model[key], $"k{key}", action, choice, ref state);
                for (var key = 0; key < model.Count; key++)
                {
                    var listed = fixture.Store.ListVersions(new ListingRequest { Bucket = "orders", Prefix = $"k{key}", MaxKeys = 2 });
                    var all = listed.Versions.ToList();
                    while (listed.LastKey is not null)
                    {
                        listed = fixture.Store.ListVersions(new ListingRequest { Bucket = "orders", Prefix = $"k{key}", After = listed.LastKey, MaxKeys = 2 }, listed.LastVersionId);
                        all.AddRange(listed.Versions);
                    }
                    all.Select(version => (version.VersionId, version.IsDeleteMarker)).ShouldBe(model[key]);
                    all.Select(version => version.IsLatest).ShouldBe(model[key].Select((_, index) => index == 0));
                    fixture.Store.ObjectExists("orders", $"k{key}").ShouldBe(model[key].Count > 0 && !model[key][0].Marker);
                }
                fixture.Files.Count.ShouldBe(model.Sum(versions => versions.Count(version => !version.Marker)));
            },
            iter: 30);
    }

    private static void Take(BucketStore store, StoreFixture fixture, List<(string Id, bool Marker)> model, string key, int action, int choice, ref VersioningState state)
    {
        switch (action)
        {
            case 0 when choice < 4:
                state = choice % 2 == 0 ? VersioningState.Enabled : VersioningState.Suspended;
                store.SetVersioning("orders", state);
                break;
            case 1 or 2 or 0:
                var stored = fixture.Put(key, "body");
                if (state != VersioningState.Enabled)
                    model.RemoveAll(version => version.Id == VersionId.Null);
                model.Insert(0, (stored.VersionId, false));
                break;
            case 3:
                var deletion = store.DeleteObject("orders", new DeleteRequest(key));
                if (state != VersioningState.Enabled)
                    model.RemoveAll(version => version.Id == VersionId.Null);
                if (state != VersioningState.Unversioned)
                    model.Insert(0, (deletion.VersionId!, true));
                break;
            default:
                if (model.Count > 0)
                {
                    var chosen = model[choice % model.Count];
                    store.DeleteObject("orders", new DeleteRequest(key, chosen.Id)).IsDeleteMarker.ShouldBe(chosen.Marker);
                    model.Remove(chosen);
                }
                break;
        }
    }

    private static BucketsFault Refused(Action action) => Should.Throw<BucketsException>(action).Fault;

    private async Task<string> ReadAsync(string key, string? version)
    {
        using var reader = Store.OpenObject("orders", key, version);
        return Encoding.UTF8.GetString(await StoreFixture.ReadAsync(reader, 0, reader.Object.Length));
    }
}
