using Headrace.Buckets;
using Headrace.Buckets.Listing;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Listing;

/// <summary>GET of a bucket: the first version of the listing, which goes on by markers.</summary>
internal sealed class ListObjects(BucketStore store) : IS3Operation
{
    private const int MaxKeys = 1000;

    public Task HandleAsync(S3Request request)
    {
        var encoding = KeyEncoding.Of(request);
        var wanted = new ListingRequest
        {
            Bucket = request.Bucket,
            Prefix = request.Query("prefix") ?? "",
            Delimiter = request.Query("delimiter") is { Length: > 0 } delimiter ? delimiter : null,
            After = request.Query("marker") ?? "",
            MaxKeys = request.Number("max-keys", MaxKeys),
        };
        var page = store.ListObjects(wanted);
        return S3Xml.RespondAsync(request.Http, "ListBucketResult", result =>
        {
            result.Text("Name", request.Bucket);
            result.Text("Prefix", encoding.EncodeWhereNeeded(wanted.Prefix));
            result.Text("Marker", encoding.Encode(wanted.After));
            // Without a delimiter, clients go on from the last key.
            if (wanted.Delimiter is not null)
                result.Text("NextMarker", encoding.Encode(page.Last));
            result.Number("MaxKeys", wanted.MaxKeys);
            result.Text("Delimiter", encoding.Encode(wanted.Delimiter));
            result.Text("EncodingType", encoding.Name);
            result.Flag("IsTruncated", page.IsTruncated);
            result.Entries(page, encoding, found => ObjectOwnership.AccountOf(request.Target, store, found));
        });
    }
}
