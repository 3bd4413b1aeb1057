namespace Headrace.Server.S3.Buckets;

/// <summary>HEAD of a bucket.</summary>
internal sealed class HeadBucket : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        request.ResponseHeaders["x-amz-bucket-region"] = request.Target.Owner.Region;
        request.ResponseHeaders["x-amz-access-point-alias"] = "false";
        return Task.CompletedTask;
    }
}
