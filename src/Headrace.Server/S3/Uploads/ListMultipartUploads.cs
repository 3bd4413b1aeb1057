using Headrace.Buckets;
using Headrace.Server.S3.Listing;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Uploads;

/// <summary>GET <c>?uploads</c> of a bucket: uploads neither completed nor aborted.</summary>
internal sealed class ListMultipartUploads(BucketStore store) : IS3Operation
{
    private const int MaxUploads = 1000;

    public Task HandleAsync(S3Request request)
    {
        if (request.Query("delimiter") is { Length: > 0 })
            throw S3Exception.NotImplemented("a delimiter in a listing of uploads");
        var encoding = KeyEncoding.Of(request);
        var prefix = request.Query("prefix") ?? "";
        var keyMarker = request.Query("key-marker") ?? "";
        var idMarker = request.Query("upload-id-marker") is { Length: > 0 } marker ? marker : null;
        var limit = request.Number("max-uploads", MaxUploads);
        var page = store.ListUploads(request.Bucket, prefix, keyMarker, idMarker, limit);
        return S3Xml.RespondAsync(request.Http, "ListMultipartUploadsResult", result =>
        {
            result.Text("Bucket", request.Bucket);
            result.Text("KeyMarker", encoding.Encode(keyMarker));
            result.Text("UploadIdMarker", idMarker ?? "");
            if (page.IsTruncated && page.Uploads.Count > 0)
            {
                result.Text("NextKeyMarker", encoding.Encode(page.Uploads[^1].Target.Key));
                result.Text("NextUploadIdMarker", page.Uploads[^1].Id);
            }
            result.Text("Prefix", encoding.Encode(prefix));
            result.Number("MaxUploads", limit);
            result.Text("EncodingType", encoding.Name);
            result.Flag("IsTruncated", page.IsTruncated);
            foreach (var upload in page.Uploads)
            {
                result.Element("Upload", entry =>
                {
                    entry.Text("Key", encoding.Encode(upload.Target.Key));
                    entry.Text("UploadId", upload.Id);
                    entry.Owner("Initiator", request.Caller.Scope.AccountId);
                    entry.Owner("Owner", request.Caller.Scope.AccountId);
                    entry.Text("StorageClass", "STANDARD");
                    entry.Time("Initiated", upload.CreatedAt);
                });
            }
        });
    }
}
