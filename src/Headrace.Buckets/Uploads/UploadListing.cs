using Headrace.Buckets.Listing;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Uploads;

/// <summary>Makes one page of uploads: walks them in order and jumps over what was rolled up.</summary>
internal sealed class UploadListing(DatabaseSession session, ListingRequest request, string? afterId)
{
    // Sorts after every id.
    private const string AllIds = "\U0010FFFF";

    private readonly List<MultipartUpload> _uploads = [];
    private readonly List<string> _prefixes = [];

    private int Count => _uploads.Count + _prefixes.Count;

    public UploadPage Make()
    {
        if (request.MaxKeys == 0)
            return new UploadPage([], [], null, null);
        (string Key, string Id)? position = Start();
        while (position is var (key, id))
        {
            // One beyond the page tells whether there is more.
            var rows = UploadTables.Scan(session, request.Bucket, key, id, request.MaxKeys - Count + 1);
            position = null;
            foreach (var row in rows)
            {
                if (!row.Target.Key.StartsWith(request.Prefix, StringComparison.Ordinal))
                    return new UploadPage(_uploads, _prefixes, null, null);
                if (Count == request.MaxKeys)
                    return Truncated();
                if (request.CommonPrefixOf(row.Target.Key) is { } common)
                {
                    _prefixes.Add(common);
                    position = KeyOrder.After(common) is { } next ? (next, "") : null;
                    break;
                }
                _uploads.Add(row);
                position = (row.Target.Key, row.Id);
            }
        }
        return new UploadPage(_uploads, _prefixes, null, null);
    }

    private (string Key, string Id)? Start()
    {
        if (request.After.Length == 0 || KeyOrder.Compare(request.After, request.Prefix) < 0)
            return (request.Prefix, "");
        if (request.CommonPrefixOf(request.After) == request.After)
            return KeyOrder.After(request.After) is { } next ? (next, "") : null;
        return (request.After, afterId ?? AllIds);
    }

    private UploadPage Truncated()
    {
        var last = _uploads.Count > 0 ? _uploads[^1] : null;
        return last is null || (_prefixes.Count > 0 && KeyOrder.Compare(_prefixes[^1], last.Target.Key) > 0)
            ? new UploadPage(_uploads, _prefixes, _prefixes[^1], null)
            : new UploadPage(_uploads, _prefixes, last.Target.Key, last.Id);
    }
}
