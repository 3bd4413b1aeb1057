using Headrace.Buckets;

namespace Headrace.Server.S3.Objects;

/// <summary>HEAD of an object.</summary>
internal sealed class HeadObject(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var found = store.GetObject(request.Bucket, request.Key, request.VersionId);
        found.CheckKey(CustomerKeys.Of(request));
        ObjectAnswer.Begin(request, store, found);
        return Task.CompletedTask;
    }
}
