using System.Globalization;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Lifecycle;

/// <summary>GET of a bucket's lifecycle.</summary>
internal sealed class GetLifecycle(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var lifecycle = store.GetLifecycle(request.Bucket)
            ?? throw new S3Exception(404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist") { Details = [("BucketName", request.Bucket)] };
        request.ResponseHeaders[PutLifecycle.MinimumSizeHeader] = PutLifecycle.MinimumSize;
        return S3Xml.RespondAsync(request.Http, XElement.Parse(lifecycle.Document));
    }
}

/// <summary>PUT of a bucket's lifecycle.</summary>
internal sealed class PutLifecycle(BucketStore store) : IS3Operation
{
    public const string MinimumSizeHeader = "x-amz-transition-default-minimum-object-size";
    public const string MinimumSize = "all_storage_classes_128K";

    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "LifecycleConfiguration");
        store.SetLifecycle(request.Bucket, LifecycleDocument.Parse(document));
        request.ResponseHeaders[MinimumSizeHeader] = MinimumSize;
    }
}

/// <summary>DELETE of a bucket's lifecycle; done also when there is none.</summary>
internal sealed class DeleteLifecycle(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.SetLifecycle(request.Bucket, null);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}

/// <summary>Tells in an answer when its object will expire.</summary>
internal static class ExpirationHeader
{
    public static void Write(S3Request request, BucketStore store, StoredObject found)
    {
        if (store.ExpiryOf(found) is { } expiry)
        {
            var at = expiry.At.ToString("R", CultureInfo.InvariantCulture);
            request.ResponseHeaders["x-amz-expiration"] = $"expiry-date=\"{at}\", rule-id=\"{Uri.EscapeDataString(expiry.RuleId)}\"";
        }
    }
}
