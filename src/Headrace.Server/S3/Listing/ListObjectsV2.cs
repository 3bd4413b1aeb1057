using Headrace.Buckets;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Listing;

/// <summary>GET <c>?list-type=2</c>.</summary>
internal sealed class ListObjectsV2(BucketStore store) : IS3Operation
{
    private const int MaxKeys = 1000;

    public Task HandleAsync(S3Request request)
    {
        var encoding = KeyEncoding.Of(request);
        var token = request.Query("continuation-token");
        var wanted = new ListingRequest
        {
            Bucket = request.Bucket,
            Prefix = request.Query("prefix") ?? "",
            Delimiter = request.Query("delimiter") is { Length: > 0 } delimiter ? delimiter : null,
            After = string.IsNullOrEmpty(token) ? request.Query("start-after") ?? "" : ContinuationToken.Decode(token),
            MaxKeys = request.Number("max-keys", MaxKeys),
        };
        var page = store.ListObjects(wanted);
        Func<StoredObject, string>? owner = request.Query("fetch-owner") == "true" ? found => ObjectOwnership.AccountOf(request.Target, store, found) : null;
        return S3Xml.RespondAsync(request.Http, "ListBucketResult", result =>
        {
            result.Text("Name", request.Bucket);
            result.Text("Prefix", encoding.Encode(wanted.Prefix));
            result.Text("ContinuationToken", token);
            result.Text("NextContinuationToken", page.Last is null ? null : ContinuationToken.Encode(page.Last));
            result.Text("StartAfter", encoding.Encode(request.Query("start-after")));
            result.Number("KeyCount", page.Objects.Count + page.CommonPrefixes.Count);
            result.Number("MaxKeys", wanted.MaxKeys);
            result.Text("Delimiter", encoding.Encode(wanted.Delimiter));
            result.Text("EncodingType", encoding.Name);
            result.Flag("IsTruncated", page.IsTruncated);
            result.Entries(page, encoding, owner);
        });
    }
}
