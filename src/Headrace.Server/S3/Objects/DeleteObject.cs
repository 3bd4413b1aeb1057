using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Retention;
using Headrace.Server.S3.Versions;

namespace Headrace.Server.S3.Objects;

/// <summary>DELETE of an object, or of one version of it; done also when there is none.</summary>
internal sealed class DeleteObject(BucketStore store) : IS3Operation
{
    public static readonly Permit Permit = new("s3:DeleteObject", AccessPermission.Write);

    public Task HandleAsync(S3Request request)
    {
        var deletion = store.DeleteObject(
            request.Bucket,
            new DeleteRequest(request.Key, request.VersionId, WriteConditions.OfDelete(request), RetentionHeaders.BypassesGovernance(request)));
        VersionHeaders.Write(request, deletion);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
