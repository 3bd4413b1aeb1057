using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Settings;

/// <summary>GET of a bucket's document.</summary>
internal sealed class GetSetting(BucketStore store, SettingKind kind) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        if (store.GetSetting(request.Bucket, kind.Setting) is { } text)
            return S3Xml.RespondAsync(request.Http, XElement.Parse(text));
        if (kind.Missing is var (code, message))
            throw new S3Exception(404, code, message) { Details = [("BucketName", request.Bucket)] };
        return S3Xml.RespondAsync(request.Http, new XElement(kind.Root, kind.Default));
    }
}

/// <summary>PUT of a bucket's document.</summary>
internal sealed class PutSetting(BucketStore store, SettingKind kind) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), kind.Root);
        kind.Validate(document);
        kind.Compare?.Invoke(request, store, document);
        store.SetSetting(request.Bucket, kind.Setting, document.ToString(SaveOptions.DisableFormatting));
    }
}

/// <summary>DELETE of a bucket's document; done also when there is none.</summary>
internal sealed class DeleteSetting(BucketStore store, SettingKind kind) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        store.SetSetting(request.Bucket, kind.Setting, null);
        request.RespondEmpty(204);
        return Task.CompletedTask;
    }
}
