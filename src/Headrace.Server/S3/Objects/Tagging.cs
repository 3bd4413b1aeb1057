using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Versions;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>GET of an object's tags.</summary>
internal sealed class GetObjectTagging(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var found = store.GetObject(request.Bucket, request.Key, request.VersionId);
        VersionHeaders.Write(request, found);
        return TagDocument.RespondAsync(request, found.Tags);
    }
}

/// <summary>PUT of an object's tags.</summary>
internal sealed class PutObjectTagging(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "Tagging");
        VersionHeaders.Write(request, store.SetTags(request.Bucket, request.Key, TagDocument.Parse(document, ObjectTags.MaxTags), request.VersionId));
    }
}

/// <summary>DELETE of an object's tags.</summary>
internal sealed class DeleteObjectTagging(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        VersionHeaders.Write(request, store.SetTags(request.Bucket, request.Key, new Dictionary<string, string>(), request.VersionId));
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
