using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Settings;

/// <summary>GET of a bucket's tags.</summary>
internal sealed class GetBucketTagging(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request) => TagDocument.RespondAsync(
        request,
        store.GetBucketTags(request.Bucket) ?? throw new S3Exception(404, "NoSuchTagSet", "The TagSet does not exist") { Details = [("BucketName", request.Bucket)] });
}

/// <summary>PUT of a bucket's tags.</summary>
internal sealed class PutBucketTagging(BucketStore store) : IS3Operation
{
    private const int MaxTags = 50;

    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "Tagging");
        store.SetBucketTags(request.Bucket, TagDocument.Parse(document, MaxTags));
        request.RespondEmpty(204);
    }
}

/// <summary>DELETE of a bucket's tags.</summary>
internal sealed class DeleteBucketTagging(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.SetBucketTags(request.Bucket, null);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
