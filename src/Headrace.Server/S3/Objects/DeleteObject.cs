using Headrace.Buckets;

namespace Headrace.Server.S3.Objects;

/// <summary>DELETE of an object; done also when there is none.</summary>
internal sealed class DeleteObject(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.DeleteObject(request.Bucket, request.Key, WriteConditions.Of(request));
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
