using Headrace.Buckets;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Bodies;

namespace Headrace.Server.S3.Objects;

/// <summary>PUT of an object.</summary>
internal sealed class PutObject(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var wanted = new NewObject
        {
            Bucket = request.Bucket,
            Key = request.Key,
            Headers = ObjectHeaders.Of(request),
            Tags = ObjectTags.OfHeader(request.Header("x-amz-tagging")),
        };
        var condition = WriteConditions.Of(request);
        using var body = await BodyReceiver.ReceiveAsync(request, store, ChecksumAlgorithm.Crc64Nvme);
        var stored = store.PutObject(wanted, body, condition);
        request.ResponseHeaders.ETag = ETags.Quote(stored.ETag);
        ChecksumHeaders.Write(request.ResponseHeaders, stored.Checksum);
    }
}
