using Headrace.Buckets;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Uploads;

/// <summary>POST <c>?uploads</c> of an object.</summary>
internal sealed class CreateMultipartUpload(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var algorithm = ChecksumHeaders.Parse(request.Header("x-amz-checksum-algorithm"));
        var type = ChecksumHeaders.ParseType(request.Header("x-amz-checksum-type"), algorithm);
        var upload = store.CreateUpload(
            new NewObject
            {
                Bucket = request.Bucket,
                Key = request.Key,
                Headers = ObjectHeaders.Of(request),
                Tags = ObjectTags.OfHeader(request.Header("x-amz-tagging")),
            },
            algorithm,
            type);
        if (algorithm is { } stated)
        {
            request.ResponseHeaders["x-amz-checksum-algorithm"] = ChecksumHeaders.NameOf(stated);
            request.ResponseHeaders["x-amz-checksum-type"] = ChecksumHeaders.NameOf(type);
        }
        return S3Xml.RespondAsync(request.Http, "InitiateMultipartUploadResult", result =>
        {
            result.Text("Bucket", request.Bucket);
            result.Text("Key", request.Key);
            result.Text("UploadId", upload.Id);
        });
    }
}
