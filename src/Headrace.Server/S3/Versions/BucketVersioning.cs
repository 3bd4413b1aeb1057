using Headrace.Buckets;
using Headrace.Buckets.Versions;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Versions;

/// <summary>GET <c>?versioning</c>: empty for a bucket that never kept versions.</summary>
internal sealed class GetBucketVersioning : IS3Operation
{
    public Task HandleAsync(S3Request request) => S3Xml.RespondAsync(request.Http, "VersioningConfiguration", configuration =>
    {
        if (request.Target.Versioning is not VersioningState.Unversioned and var state)
            configuration.Text("Status", state.ToString());
    });
}

/// <summary>PUT <c>?versioning</c>.</summary>
internal sealed class PutBucketVersioning(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "VersioningConfiguration");
        if (request.Header("x-amz-mfa") is not null || document.TextOf("MfaDelete") == "Enabled")
            throw S3Exception.NotImplemented("deletes that need a second factor");
        var state = document.TextOf("Status") switch
        {
            "Enabled" => VersioningState.Enabled,
            "Suspended" => VersioningState.Suspended,
            null => throw new S3Exception(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified"),
            _ => throw S3Exception.MalformedXml(),
        };
        store.SetVersioning(request.Bucket, state);
    }
}
