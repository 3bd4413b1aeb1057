using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Uploads;

/// <summary>GET <c>?uploadId</c>: the parts so far.</summary>
internal sealed class ListParts(BucketStore store) : IS3Operation
{
    private const int MaxParts = 1000;

    public Task HandleAsync(S3Request request)
    {
        var uploadId = request.Query("uploadId")!;
        var upload = store.GetUpload(request.Bucket, request.Key, uploadId);
        var marker = request.Query("part-number-marker") is { Length: > 0 } ? request.Number("part-number-marker", PartNumbers.Max) : 0;
        var limit = request.Number("max-parts", MaxParts);
        var after = store.ListParts(request.Bucket, request.Key, uploadId).Where(part => part.Number > marker).ToList();
        var page = after.Take(limit).ToList();
        return S3Xml.RespondAsync(request.Http, "ListPartsResult", result =>
        {
            result.Text("Bucket", request.Bucket);
            result.Text("Key", request.Key);
            result.Text("UploadId", uploadId);
            result.Owner("Initiator", upload.Target.Owner ?? request.Target.Owner.AccountId);
            result.Owner("Owner", upload.Target.Owner ?? request.Target.Owner.AccountId);
            result.Text("StorageClass", StorageClasses.Of(upload.Target.Headers));
            result.Number("PartNumberMarker", marker);
            result.Number("NextPartNumberMarker", page.Count > 0 ? page[^1].Number : 0);
            result.Number("MaxParts", limit);
            result.Flag("IsTruncated", page.Count < after.Count);
            if (upload.ChecksumAlgorithm is { } algorithm)
            {
                result.Text("ChecksumAlgorithm", ChecksumHeaders.NameOf(algorithm));
                result.Text("ChecksumType", ChecksumHeaders.NameOf(upload.ChecksumType));
            }
            foreach (var part in page)
            {
                result.Element("Part", entry =>
                {
                    entry.Number("PartNumber", part.Number);
                    entry.Time("LastModified", part.ModifiedAt);
                    entry.Text("ETag", ETags.Quote(part.ETag));
                    entry.Number("Size", part.Length);
                    entry.Text(ChecksumHeaders.ElementOf(part.Checksum.Algorithm), part.Checksum.Value);
                });
            }
        });
    }
}
