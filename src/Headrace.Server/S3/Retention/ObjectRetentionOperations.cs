using Headrace.Buckets;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Retention;

/// <summary>GET <c>?retention</c> of an object.</summary>
internal sealed class GetObjectRetention(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var retention = Locked.Find(request, store).Controls.Retention ?? throw Locked.NothingSet(request);
        return S3Xml.RespondAsync(request.Http, "Retention", document =>
        {
            document.Text("Mode", RetentionHeaders.NameOf(retention.Mode));
            document.Text("RetainUntilDate", RetentionHeaders.Format(retention.Until));
        });
    }
}

/// <summary>PUT <c>?retention</c> of an object.</summary>
internal sealed class PutObjectRetention(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "Retention");
        Locked.CheckBucket(request);
        var (mode, until) = (document.TextOf("Mode"), document.TextOf("RetainUntilDate"));
        if (mode is null != until is null || (mode is not null && RetentionHeaders.ModeOf(mode) is null))
            throw S3Exception.MalformedXml();
        var retention = mode is null ? null : RetentionHeaders.RetentionOf(mode, until!, DateTimeOffset.UtcNow);
        store.SetRetention(request.Bucket, request.Key, retention, RetentionHeaders.BypassesGovernance(request), request.VersionId);
    }
}

/// <summary>GET <c>?legal-hold</c> of an object.</summary>
internal sealed class GetObjectLegalHold(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var hold = Locked.Find(request, store).Controls.LegalHold ?? throw Locked.NothingSet(request);
        return S3Xml.RespondAsync(request.Http, "LegalHold", document => document.Text("Status", hold ? "ON" : "OFF"));
    }
}

/// <summary>PUT <c>?legal-hold</c> of an object.</summary>
internal sealed class PutObjectLegalHold(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "LegalHold");
        Locked.CheckBucket(request);
        var on = document.TextOf("Status") switch
        {
            "ON" => true,
            "OFF" => false,
            _ => throw S3Exception.MalformedXml(),
        };
        store.SetLegalHold(request.Bucket, request.Key, on, request.VersionId);
    }
}

/// <summary>What all of these ask of the bucket.</summary>
internal static class Locked
{
    public static StoredObject Find(S3Request request, BucketStore store)
    {
        CheckBucket(request);
        return store.GetObject(request.Bucket, request.Key, request.VersionId);
    }

    public static void CheckBucket(S3Request request)
    {
        if (!request.Target.LocksObjects)
            throw S3Exception.InvalidRequest("Bucket is missing Object Lock Configuration");
    }

    public static S3Exception NothingSet(S3Request request) =>
        new(404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration") { Details = [("Key", request.Key)] };
}
