using Headrace.Buckets;

namespace Headrace.Server.S3.Buckets;

/// <summary>HEAD of a bucket.</summary>
internal sealed class HeadBucket(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        request.ResponseHeaders["x-amz-bucket-region"] = store.GetBucket(request.Bucket).Owner.Region;
        return Task.CompletedTask;
    }
}
