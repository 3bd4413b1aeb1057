using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Buckets;

/// <summary>GET <c>?location</c>: a bucket's region, which S3 leaves empty for its first one.</summary>
internal sealed class GetBucketLocation : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var region = request.Target.Owner.Region;
        return S3Xml.RespondAsync(request.Http, "LocationConstraint", constraint =>
        {
            if (region != "us-east-1")
                constraint.WriteString(region);
        });
    }
}
