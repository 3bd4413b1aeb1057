using Headrace.Buckets;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Buckets;

/// <summary>GET of the service: the caller's buckets, by name, in pages if asked for.</summary>
internal sealed class ListBuckets(BucketStore store) : IS3Operation
{
    private const int MaxBuckets = 10_000;

    public Task HandleAsync(S3Request request)
    {
        var limit = request.Number("max-buckets", MaxBuckets);
        var after = ContinuationToken.Decode(request.Query("continuation-token"));
        var prefix = request.Query("prefix") ?? "";
        var region = request.Query("bucket-region");
        var matching = store.ListBuckets(request.Caller.Scope.AccountId)
            .Where(bucket => string.CompareOrdinal(bucket.Name, after) > 0
                && bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
                && (region is null || bucket.Owner.Region == region))
            .ToList();
        var page = matching.Take(limit).ToList();
        return S3Xml.RespondAsync(request.Http, "ListAllMyBucketsResult", result =>
        {
            result.Owner("Owner", request.Caller.Scope.AccountId);
            result.Element("Buckets", buckets =>
            {
                foreach (var bucket in page)
                {
                    buckets.Element("Bucket", entry =>
                    {
                        entry.Text("Name", bucket.Name);
                        entry.Time("CreationDate", bucket.CreatedAt);
                        entry.Text("BucketRegion", bucket.Owner.Region);
                    });
                }
            });
            if (page.Count > 0 && page.Count < matching.Count)
                result.Text("ContinuationToken", ContinuationToken.Encode(page[^1].Name));
            if (prefix.Length > 0)
                result.Text("Prefix", prefix);
        });
    }
}
