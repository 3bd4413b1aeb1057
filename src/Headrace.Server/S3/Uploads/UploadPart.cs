using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Objects;

namespace Headrace.Server.S3.Uploads;

/// <summary>PUT <c>?partNumber&amp;uploadId</c>.</summary>
internal sealed class UploadPart(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var number = PartNumbers.Parse(request.Query("partNumber"));
        var upload = store.GetUpload(request.Bucket, request.Key, request.Query("uploadId")!);
        var stated = ExpectedDigests.Of(request).Stated;
        // What is composed of the parts' checksums needs one of each.
        var isNeeded = stated is not null || upload.ChecksumType == Headrace.Buckets.Checksums.ChecksumType.Composite;
        if (upload.ChecksumAlgorithm is { } agreed && isNeeded && stated != agreed)
        {
            throw S3Exception.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {agreed.ToString().ToLowerInvariant()}, actual checksum Type: {stated?.ToString().ToLowerInvariant() ?? "null"}");
        }
        var key = CustomerKeys.Of(request);
        upload.CheckKey(key);
        using var body = await BodyReceiver.ReceiveAsync(request, store, upload.PartAlgorithm, key);
        var part = store.PutPart(request.Bucket, request.Key, upload.Id, number, body);
        Encryptions.Write(request, upload.Target.Headers, isKeyed: key is not null);
        request.ResponseHeaders.ETag = ETags.Quote(part.ETag);
        request.ResponseHeaders[ChecksumHeaders.HeaderOf(part.Checksum.Algorithm)] = part.Checksum.Value;
    }
}
