using Headrace.Buckets.Objects;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Listing;

/// <summary>Makes one page: walks the keys in order and jumps over what was rolled up.</summary>
internal sealed class ObjectListing(DatabaseSession session, ListingRequest request)
{
    private readonly List<StoredObject> _objects = [];
    private readonly List<string> _prefixes = [];
    private string? _from;
    private bool _inclusive;

    private int Count => _objects.Count + _prefixes.Count;

    public ListingPage Make()
    {
        Start();
        string? last = null;
        while (_from is { } from)
        {
            // One beyond the page tells whether there is more.
            var rows = BucketTables.ScanObjects(session, request.Bucket, from, _inclusive, request.MaxKeys - Count + 1);
            if (rows.Count == 0)
                break;
            foreach (var row in rows)
            {
                if (!row.Key.StartsWith(request.Prefix, StringComparison.Ordinal))
                    return Page(null);
                if (Count == request.MaxKeys)
                    return Page(request.MaxKeys == 0 ? null : last);
                last = Take(row);
                if (_prefixes.Count > 0 && ReferenceEquals(last, _prefixes[^1]))
                    break;
            }
        }
        return Page(null);
    }

    private ListingPage Page(string? last) => new(_objects, _prefixes, last);

    /// <summary>Where the walk begins: at the prefix or after the marker, whichever is later; a marker that is a common prefix is jumped over whole.</summary>
    private void Start()
    {
        if (KeyOrder.Compare(request.After, request.Prefix) < 0)
            (_from, _inclusive) = (request.Prefix, true);
        else if (request.CommonPrefixOf(request.After) == request.After)
            (_from, _inclusive) = (KeyOrder.After(request.After), true);
        else
            (_from, _inclusive) = (request.After, request.After.Length == 0);
    }

    private string Take(StoredObject row)
    {
        if (request.CommonPrefixOf(row.Key) is { } common)
        {
            _prefixes.Add(common);
            (_from, _inclusive) = (KeyOrder.After(common), true);
            return common;
        }
        _objects.Add(row);
        (_from, _inclusive) = (row.Key, false);
        return row.Key;
    }
}
