using System.Globalization;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Retention;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Retention;

/// <summary>GET <c>?object-lock</c> of a bucket.</summary>
internal sealed class GetObjectLockConfiguration(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        if (!request.Target.LocksObjects)
            throw new S3Exception(404, "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket") { Details = [("BucketName", request.Bucket)] };
        var retention = store.GetDefaultRetention(request.Bucket);
        return S3Xml.RespondAsync(request.Http, "ObjectLockConfiguration", document =>
        {
            document.Text("ObjectLockEnabled", "Enabled");
            if (retention is null)
                return;
            document.Element("Rule", rule => rule.Element("DefaultRetention", entry =>
            {
                entry.Text("Mode", RetentionHeaders.NameOf(retention.Mode));
                entry.Text("Days", retention.Days?.ToString(CultureInfo.InvariantCulture));
                entry.Text("Years", retention.Years?.ToString(CultureInfo.InvariantCulture));
            }));
        });
    }
}

/// <summary>PUT <c>?object-lock</c> of a bucket.</summary>
internal sealed class PutObjectLockConfiguration(BucketStore store) : IS3Operation
{
    private const int MaxYears = 100;

    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request), "ObjectLockConfiguration");
        if (document.TextOf("ObjectLockEnabled") != "Enabled")
            throw S3Exception.MalformedXml();
        store.SetObjectLock(request.Bucket, document.Children("Rule").FirstOrDefault() is { } rule ? RetentionOf(rule) : null);
    }

    private static DefaultRetention RetentionOf(XElement rule)
    {
        var retention = rule.Children("DefaultRetention").FirstOrDefault() ?? throw S3Exception.MalformedXml();
        var mode = RetentionHeaders.ModeOf(retention.TextOf("Mode")) ?? throw S3Exception.MalformedXml();
        var (days, years) = (Number(retention.TextOf("Days")), Number(retention.TextOf("Years")));
        if (days is null == years is null)
            throw S3Exception.MalformedXml();
        if (days <= 0 || years <= 0)
            throw new S3Exception(400, "InvalidRetentionPeriod", "Default retention period must be a positive integer value.");
        if (years > MaxYears || days > MaxYears * 365)
            throw new S3Exception(400, "InvalidRetentionPeriod", "Default retention period is too large.");
        return new DefaultRetention(mode, days, years);
    }

    private static int? Number(string? text)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw S3Exception.MalformedXml();
    }
}
