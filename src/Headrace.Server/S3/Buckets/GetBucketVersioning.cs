using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Buckets;

/// <summary>GET <c>?versioning</c>: no bucket here has ever had versions, which S3 says by an empty document.</summary>
internal sealed class GetBucketVersioning : IS3Operation
{
    public Task HandleAsync(S3Request request) => S3Xml.RespondAsync(request.Http, "VersioningConfiguration", _ => { });
}
