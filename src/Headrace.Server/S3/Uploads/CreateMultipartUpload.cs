using Headrace.Buckets;
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
        var key = CustomerKeys.Of(request);
        var upload = store.CreateUpload(
            PutObject.WantedOf(request, store),
            algorithm,
            type,
            key);
        if (algorithm is { } stated)
        {
            request.ResponseHeaders["x-amz-checksum-algorithm"] = ChecksumHeaders.NameOf(stated);
            request.ResponseHeaders["x-amz-checksum-type"] = ChecksumHeaders.NameOf(type);
        }
        Encryptions.Write(request, upload.Target.Headers, isKeyed: key is not null);
        return S3Xml.RespondAsync(request.Http, "InitiateMultipartUploadResult", result =>
        {
            result.Text("Bucket", request.Bucket);
            result.Text("Key", request.Key);
            result.Text("UploadId", upload.Id);
        });
    }
}
