using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>GET of an object's tags.</summary>
internal sealed class GetObjectTagging(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var tags = store.GetObject(request.Bucket, request.Key).Tags;
        return S3Xml.RespondAsync(request.Http, "Tagging", tagging => tagging.Element("TagSet", set =>
        {
            foreach (var (key, value) in tags)
            {
                set.Element("Tag", tag =>
                {
                    tag.Text("Key", key);
                    tag.Text("Value", value);
                });
            }
        }));
    }
}

/// <summary>PUT of an object's tags.</summary>
internal sealed class PutObjectTagging(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "Tagging");
        store.SetTags(request.Bucket, request.Key, ObjectTags.OfDocument(document));
    }
}

/// <summary>DELETE of an object's tags.</summary>
internal sealed class DeleteObjectTagging(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.SetTags(request.Bucket, request.Key, new Dictionary<string, string>());
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
