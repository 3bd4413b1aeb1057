using System.Text;
using Headrace.Buckets;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Access;

/// <summary>GET of a bucket's policy.</summary>
internal sealed class GetBucketPolicy(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var text = Encoding.UTF8.GetBytes(store.GetSetting(request.Bucket, BucketSetting.Policy) ?? throw new S3Exception(404, "NoSuchBucketPolicy", "The bucket policy does not exist") { Details = [("BucketName", request.Bucket)] });
        request.Http.Response.ContentType = "application/json";
        request.Http.Response.ContentLength = text.Length;
        await request.Http.Response.Body.WriteAsync(text, request.Aborted);
    }
}

/// <summary>GET <c>?policyStatus</c>: whether policy or grants make the bucket public; without either it is not.</summary>
internal sealed class GetBucketPolicyStatus(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var isPublic = store.GetSetting(request.Bucket, BucketSetting.Policy) is { } text && BucketPolicy.Parse(text, request.Bucket).IsPublic;
        isPublic |= AclRules.Effective(store, request.Bucket, store.GetBucketGrants(request.Bucket)).Any(AclRules.IsPublic);
        return S3Xml.RespondAsync(request.Http, "PolicyStatus", status => status.Flag("IsPublic", isPublic));
    }
}

/// <summary>PUT of a bucket's policy.</summary>
internal sealed class PutBucketPolicy(BucketStore store) : IS3Operation
{
    private const int MaxBytes = 20 * 1024;

    public async Task HandleAsync(S3Request request)
    {
        var body = await BodyReceiver.ReceiveDocumentAsync(request);
        if (body.Length > MaxBytes)
            throw new S3Exception(400, "PolicyTooLarge", "Policy exceeds the maximum allowed document size.");
        var text = Encoding.UTF8.GetString(body);
        if (BucketPolicy.Parse(text, request.Bucket).IsPublic && AclRules.Blocks(store, request.Bucket, "BlockPublicPolicy"))
            throw S3Exception.AccessDenied();
        store.SetSetting(request.Bucket, BucketSetting.Policy, text);
        request.RespondEmpty(204);
    }
}

/// <summary>DELETE of a bucket's policy; done also when there is none.</summary>
internal sealed class DeleteBucketPolicy(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.SetSetting(request.Bucket, BucketSetting.Policy, null);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
