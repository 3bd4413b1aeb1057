using System.Text;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;

namespace Headrace.Buckets.Tests.Replacing;

public sealed class ReplacingTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    private BucketStore Store => _fixture.Store;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task OneObjectTakesThePlaceOfSeveralAndTheirFilesGo()
    {
        var sources = new[] { _fixture.Put("a", "1"), _fixture.Put("b", "2"), _fixture.Put("c", "3") };
        Replace("all", "12", sources[..2]).ShouldBeEmpty();
        Keys().ShouldBe(["all", "c"]);
        _fixture.Files.Count.ShouldBe(2);
        _fixture.Reopen();
        Encoding.UTF8.GetString(await _fixture.ReadAsync("all")).ShouldBe("12");
    }

    [Fact]
    public void NothingIsChangedWhenOneOfThemIsAnotherByNow()
    {
        var sources = new[] { _fixture.Put("a", "1"), _fixture.Put("b", "2"), _fixture.Put("c", "3"), _fixture.Put("d", "4"), _fixture.Put("e", "") };
        _fixture.Put("b", "2");
        Store.DeleteObject("orders", new DeleteRequest("c"));
        Store.SetTags("orders", "d", new Dictionary<string, string> { ["kept"] = "yes" });
        var before = _fixture.Files.Count;
        Replace("all", "1234", sources).ShouldBe(["b", "c", "d"]);
        Keys().ShouldBe(["a", "b", "d", "e"]);
        _fixture.Files.Count.ShouldBe(before);
    }

    [Fact]
    public void AKeyThatIsTakenStaysAsItIs()
    {
        var sources = new[] { _fixture.Put("a", "1"), _fixture.Put("b", "2") };
        var taken = _fixture.Put("all", "mine");
        Should.Throw<BucketsException>(() => Replace("all", "12", sources)).Fault.ShouldBe(BucketsFault.PreconditionFailed);
        Keys().ShouldBe(["a", "all", "b"]);
        Store.GetObject("orders", "all").ETag.ShouldBe(taken.ETag);
        _fixture.Files.Count.ShouldBe(3);
    }

    [Fact]
    public void WhereVersionsAreKeptTheOthersLeaveMarkers()
    {
        Store.SetVersioning("orders", VersioningState.Enabled);
        var sources = new[] { _fixture.Put("a", "1"), _fixture.Put("b", "2") };
        Replace("all", "12", sources).ShouldBeEmpty();
        Keys().ShouldBe(["all"]);
        Store.GetObject("orders", "a", sources[0].VersionId).ETag.ShouldBe(sources[0].ETag);
        Should.Throw<BucketsException>(() => Store.GetObject("orders", "a")).IsDeleteMarker.ShouldBeTrue();
        _fixture.Files.Count.ShouldBe(3);
    }

    [Fact]
    public async Task WhoReadsOneOfThemReadsItToTheEnd()
    {
        var sources = new[] { _fixture.Put("a", "first"), _fixture.Put("b", "second") };
        using (var reader = Store.OpenObject("orders", "a"))
        {
            Replace("all", "firstsecond", sources).ShouldBeEmpty();
            Encoding.UTF8.GetString(await StoreFixture.ReadAsync(reader, 0, 5)).ShouldBe("first");
        }
        _fixture.Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task EveryListingHasEachOfThemOnceWhileTheyAreReplaced()
    {
        const int rounds = 60;
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            var looks = 0;
            while (!stop.IsCancellationRequested)
            {
                var numbers = Store.ListObjects(new ListingRequest { Bucket = "orders" }).Objects.SelectMany(found => found.Key.Split('-')).Select(int.Parse).Order().ToList();
                numbers.ShouldBe(Enumerable.Range(0, numbers.Count));
                looks++;
            }
            return looks;
        });
        for (var round = 0; round < rounds; round++)
        {
            var sources = Enumerable.Range(round * 3, 3).Select(number => _fixture.Put($"{number}", "x")).ToArray();
            Replace(string.Join('-', sources.Select(source => source.Key)), "xxx", sources).ShouldBeEmpty();
        }
        await stop.CancelAsync();
        (await looking).ShouldBeGreaterThan(0);
        Keys().Count.ShouldBe(rounds);
    }

    [Fact]
    public async Task StreamsReadAndWriteBodies()
    {
        var bytes = Enumerable.Range(0, 600_000).Select(i => (byte)(i * 7)).ToArray();
        using (var body = Store.NewBody())
        {
            var stream = new BodyStream(body);
            stream.Write(bytes.AsSpan(0, 400_000));
            stream.Write(bytes.AsSpan(400_000));
            stream.Position.ShouldBe(bytes.Length);
            Store.PutObject(new NewObject { Bucket = "orders", Key = "a" }, body);
        }
        using var reader = Store.OpenObject("orders", "a");
        await using var found = new ObjectStream(reader);
        using var copy = new MemoryStream();
        await found.CopyToAsync(copy);
        copy.ToArray().ShouldBe(bytes);
        found.Seek(-5, SeekOrigin.End);
        var tail = new byte[10];
        found.Read(tail).ShouldBe(5);
        tail[..5].ShouldBe(bytes[^5..]);
        found.Read(tail).ShouldBe(0);
    }

    private List<string> Keys() => [.. Store.ListObjects(new ListingRequest { Bucket = "orders" }).Objects.Select(found => found.Key)];

    private IReadOnlyList<string> Replace(string key, string text, StoredObject[] sources)
    {
        using var body = Store.NewBody();
        body.Write(Encoding.UTF8.GetBytes(text));
        return Store.ReplaceObjects(new NewObject { Bucket = "orders", Key = key }, body, sources);
    }
}
