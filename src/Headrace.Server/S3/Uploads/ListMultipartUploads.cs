using Headrace.Buckets;
using Headrace.Buckets.Listing;
using Headrace.Server.S3.Listing;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Uploads;

/// <summary>GET <c>?uploads</c> of a bucket: uploads neither completed nor aborted.</summary>
internal sealed class ListMultipartUploads(BucketStore store) : IS3Operation
{
    private const int MaxUploads = 1000;

    public Task HandleAsync(S3Request request)
    {
        var encoding = KeyEncoding.Of(request);
        var idMarker = request.Query("upload-id-marker") is { Length: > 0 } marker ? marker : null;
        var wanted = new ListingRequest
        {
            Bucket = request.Bucket,
            Prefix = request.Query("prefix") ?? "",
            Delimiter = request.Query("delimiter") is { Length: > 0 } delimiter ? delimiter : null,
            After = request.Query("key-marker") ?? "",
            MaxKeys = request.Number("max-uploads", MaxUploads),
        };
        var page = store.ListUploads(wanted, idMarker);
        return S3Xml.RespondAsync(request.Http, "ListMultipartUploadsResult", result =>
        {
            result.Text("Bucket", request.Bucket);
            result.Text("KeyMarker", encoding.Encode(wanted.After));
            result.Text("UploadIdMarker", idMarker ?? "");
            result.Text("NextKeyMarker", encoding.Encode(page.LastKey));
            result.Text("NextUploadIdMarker", page.LastId);
            result.Text("Delimiter", encoding.Encode(wanted.Delimiter));
            result.Text("Prefix", encoding.Encode(wanted.Prefix));
            result.Number("MaxUploads", wanted.MaxKeys);
            result.Text("EncodingType", encoding.Name);
            result.Flag("IsTruncated", page.LastKey is not null);
            foreach (var upload in page.Uploads)
            {
                result.Element("Upload", entry =>
                {
                    entry.Text("Key", encoding.Encode(upload.Target.Key));
                    entry.Text("UploadId", upload.Id);
                    entry.Owner("Initiator", upload.Target.Owner ?? request.Target.Owner.AccountId);
                    entry.Owner("Owner", upload.Target.Owner ?? request.Target.Owner.AccountId);
                    entry.Text("StorageClass", StorageClasses.Of(upload.Target.Headers));
                    entry.Time("Initiated", upload.CreatedAt);
                });
            }
            result.Prefixes(page.CommonPrefixes, encoding);
        });
    }
}
