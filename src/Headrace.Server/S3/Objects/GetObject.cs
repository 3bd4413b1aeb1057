using Headrace.Buckets;

namespace Headrace.Server.S3.Objects;

/// <summary>GET of an object, or of a range or a part of it.</summary>
internal sealed class GetObject(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        using var reader = store.OpenObject(request.Bucket, request.Key, request.VersionId, CustomerKeys.Of(request));
        if (ObjectAnswer.Begin(request, store, reader.Object) is not { Length: > 0 } range)
            return;
        try
        {
            await reader.SendAsync(range.Offset, range.Length, request.Http.Response.BodyWriter, request.Aborted);
        }
        catch (OperationCanceledException)
        {
            // That nobody takes the bytes may show here before RequestAborted tells of it.
            request.Http.Abort();
        }
    }
}
