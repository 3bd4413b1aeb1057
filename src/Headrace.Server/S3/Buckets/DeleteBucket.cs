using Headrace.Buckets;

namespace Headrace.Server.S3.Buckets;

/// <summary>DELETE of an empty bucket.</summary>
internal sealed class DeleteBucket(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.DeleteBucket(request.Bucket);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
