using Headrace.Buckets.Listing;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Versions;

/// <summary>Makes one page: walks all versions in order and jumps over what was rolled up.</summary>
internal sealed class VersionListing(DatabaseSession session, ListingRequest request, string? afterVersion)
{
    private readonly List<ObjectVersion> _versions = [];
    private readonly List<string> _prefixes = [];

    private int Count => _versions.Count + _prefixes.Count;

    public VersionPage Make()
    {
        if (request.MaxKeys == 0)
            return new VersionPage([], [], null, null);
        var position = Start();
        while (position is { } from)
        {
            // One beyond the page tells whether there is more.
            var rows = VersionTables.Scan(session, request.Bucket, from, request.MaxKeys - Count + 1);
            position = null;
            foreach (var row in rows)
            {
                if (!row.Key.StartsWith(request.Prefix, StringComparison.Ordinal))
                    return Page(more: false);
                if (Count == request.MaxKeys)
                    return Page(more: true);
                if (request.CommonPrefixOf(row.Key) is { } common)
                {
                    _prefixes.Add(common);
                    position = KeyOrder.After(common) is { } next ? VersionPosition.At(next) : null;
                    break;
                }
                _versions.Add(row);
                position = new VersionPosition(row.Key, row.Sequence);
            }
        }
        return Page(more: false);
    }

    /// <summary>Where the walk begins; a marker that is a common prefix is jumped over whole.</summary>
    private VersionPosition? Start()
    {
        if (KeyOrder.Compare(request.After, request.Prefix) < 0 || request.After.Length == 0)
            return VersionPosition.At(request.Prefix);
        if (request.CommonPrefixOf(request.After) == request.After)
            return KeyOrder.After(request.After) is { } next ? VersionPosition.At(next) : null;
        if (afterVersion is null)
            return VersionPosition.After(request.After);
        // A version that has gone meanwhile leaves all of its key's to be listed again.
        return VersionTables.Find(session, request.Bucket, request.After, afterVersion) is { } version
            ? new VersionPosition(request.After, version.Sequence)
            : VersionPosition.At(request.After);
    }

    private VersionPage Page(bool more)
    {
        if (!more)
            return new VersionPage(_versions, _prefixes, null, null);
        var last = _versions.Count > 0 ? _versions[^1] : null;
        return last is null || (_prefixes.Count > 0 && KeyOrder.Compare(_prefixes[^1], last.Key) > 0)
            ? new VersionPage(_versions, _prefixes, _prefixes[^1], null)
            : new VersionPage(_versions, _prefixes, last.Key, last.VersionId);
    }
}
