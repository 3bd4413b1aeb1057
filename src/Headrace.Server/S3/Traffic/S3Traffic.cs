using System.Collections.Concurrent;
using Headrace.Buckets;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Traffic;

/// <summary>Requests to buckets since the server started. Only buckets that are there are counted, so that nobody fills it with names; one that has gone is told no more. Thread-safe.</summary>
internal sealed class S3Traffic(BucketStore store)
{
    private readonly ConcurrentDictionary<string, BucketTraffic> _buckets = new();

    /// <summary>The buckets that requests came to.</summary>
    public IEnumerable<KeyValuePair<string, BucketTraffic>> Buckets => _buckets.Where(bucket => store.BucketExists(bucket.Key));

    /// <summary>Counts a request to a bucket that is there.</summary>
    public void Count(S3Address address, HttpContext http)
    {
        var request = http.Request;
        var kind = KindOf(request.Method, address);
        var downloaded = HttpMethods.IsGet(request.Method) ? http.Response.ContentLength ?? 0 : 0;
        _buckets.GetOrAdd(address.Bucket, static _ => new BucketTraffic()).Count(kind, http.Response.StatusCode, Uploaded(request), downloaded);
    }

    private static RequestKind KindOf(string method, S3Address address) => method switch
    {
        "GET" when address.Key.Length == 0 => RequestKind.List,
        "GET" => RequestKind.Get,
        "HEAD" => RequestKind.Head,
        "POST" => RequestKind.Post,
        "DELETE" => RequestKind.Delete,
        _ => RequestKind.Put,
    };

    /// <summary>A body that is signed in chunks tells its own length apart from that of the chunks.</summary>
    private static long Uploaded(HttpRequest request) =>
        long.TryParse(request.Headers["x-amz-decoded-content-length"], System.Globalization.CultureInfo.InvariantCulture, out var decoded) && decoded > 0 ? decoded : request.ContentLength ?? 0;
}
