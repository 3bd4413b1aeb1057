using Headrace.Buckets;

namespace Headrace.Server.S3.Uploads;

/// <summary>DELETE <c>?uploadId</c>.</summary>
internal sealed class AbortMultipartUpload(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.AbortUpload(request.Bucket, request.Key, request.Query("uploadId")!);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
