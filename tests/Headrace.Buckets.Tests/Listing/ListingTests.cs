using System.Text;
using CsCheck;
using Headrace.Buckets.Listing;

namespace Headrace.Buckets.Tests.Listing;

public sealed class ListingTests : IDisposable
{
    private static readonly Gen<string> Keys = Gen.String[Gen.OneOf('a', 'b', '/', '-', '\uFFFD', '\u0101'), 1, 6];

    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void PagesTogetherAreWhatAPlainListWouldRollUp() =>
        Gen.Select(Keys.Array[0, 25], Gen.OneOf("", "a", "a/", "/"), Gen.OneOf<string?>(null, "/", "a", "-/"), Gen.Int[1, 5]).Sample((keys, prefix, delimiter, pageSize) =>
        {
            using var fixture = new StoreFixture();
            foreach (var key in keys)
                fixture.Put(key, "");
            var listed = new List<string>();
            string? after = "";
            while (after is not null)
            {
                var page = fixture.Store.ListObjects(new ListingRequest { Bucket = StoreFixture.Bucket, Prefix = prefix, Delimiter = delimiter, After = after, MaxKeys = pageSize });
                var entries = page.Objects.Select(found => found.Key).Concat(page.CommonPrefixes).ToList();
                entries.Count.ShouldBeLessThanOrEqualTo(pageSize);
                if (page.IsTruncated)
                    entries.Count.ShouldBe(pageSize);
                listed.AddRange(entries.OrderBy(entry => entry, Comparer<string>.Create(ByBytes)));
                after = page.Last;
            }
            listed.ShouldBe(Expected(keys, prefix, delimiter));
        }, iter: 60);

    [Fact]
    public void AMarkerWithinAFolderStillShowsTheFolder()
    {
        _fixture.Put("a/1", "");
        _fixture.Put("a/2", "");
        var page = _fixture.Store.ListObjects(new ListingRequest { Bucket = StoreFixture.Bucket, Delimiter = "/", After = "a/1" });
        page.CommonPrefixes.ShouldBe(["a/"]);
    }

    [Fact]
    public void NoKeysAskedForAreNoKeysGiven()
    {
        _fixture.Put("a", "");
        var page = _fixture.Store.ListObjects(new ListingRequest { Bucket = StoreFixture.Bucket, MaxKeys = 0 });
        page.Objects.ShouldBeEmpty();
        page.IsTruncated.ShouldBeFalse();
    }

    [Fact]
    public void CodePointsBeyondTheBasicPlaneSortLast()
    {
        _fixture.Put("\U0001F600", "");
        _fixture.Put("\uFFFD", "");
        var page = _fixture.Store.ListObjects(new ListingRequest { Bucket = StoreFixture.Bucket });
        page.Objects.Select(found => found.Key).ShouldBe(["\uFFFD", "\U0001F600"]);
        _fixture.Store.ListObjects(new ListingRequest { Bucket = StoreFixture.Bucket, After = "\uFFFD" }).Objects.Single().Key.ShouldBe("\U0001F600");
    }

    private static List<string> Expected(string[] keys, string prefix, string? delimiter) =>
        [.. keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => RollUp(key, prefix, delimiter))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(entry => entry, Comparer<string>.Create(ByBytes))];

    private static string RollUp(string key, string prefix, string? delimiter)
    {
        var at = delimiter is null ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? key : key[..(at + delimiter!.Length)];
    }

    private static int ByBytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
