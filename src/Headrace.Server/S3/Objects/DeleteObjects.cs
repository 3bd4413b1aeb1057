using System.Text;
using System.Xml;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Retention;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>POST <c>?delete</c>: deletes up to 1,000 objects or versions of a bucket.</summary>
internal sealed class DeleteObjects(BucketStore store, BucketAccess access) : IS3Operation
{
    private const int MaxKeys = 1000;
    private const int MaxKeyBytes = 1024;

    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request, mustBeStated: true), "Delete");
        var wanted = document.Children("Object").Select(entry => RequestOf(entry, RetentionHeaders.BypassesGovernance(request))).ToList();
        if (wanted.Count is 0 or > MaxKeys)
            throw S3Exception.MalformedXml();
        var faults = wanted.Select(entry => (Entry: entry, Fault: FaultOf(entry, request))).Where(found => found.Fault is not null).ToList();
        var possible = wanted.Except(faults.Select(found => found.Entry)).ToList();
        var done = store.DeleteObjects(request.Bucket, possible).ToList();
        var quiet = string.Equals(document.TextOf("Quiet"), "true", StringComparison.OrdinalIgnoreCase);
        await S3Xml.RespondAsync(request.Http, "DeleteResult", result =>
        {
            foreach (var (entry, fault) in faults)
                Write(result, entry, fault!);
            foreach (var entry in done)
            {
                if (entry.Refusal is { } refusal)
                    Write(result, entry, S3Faults.Translate(refusal)!);
                else if (!quiet)
                    Write(result, entry, request.Target);
            }
        });
    }

    private static DeleteRequest RequestOf(XElement entry, bool bypassGovernance)
    {
        var condition = new WriteCondition(ETags.Unquote(entry.TextOf("ETag")));
        if (entry.TextOf("LastModifiedTime") is { } time)
            condition = condition with { IfModifiedAt = WriteConditions.TimeOf(time, "LastModifiedTime") };
        if (entry.TextOf("Size") is { } size)
            condition = condition with { IfLength = WriteConditions.SizeOf(size, "Size") };
        return new DeleteRequest(entry.RequiredTextOf("Key"), entry.TextOf("VersionId") is { Length: > 0 } version ? version : null, condition, bypassGovernance);
    }

    /// <summary>What is wrong with an entry by itself; null when nothing is.</summary>
    private S3Exception? FaultOf(DeleteRequest entry, S3Request request)
    {
        var bucket = request.Target;
        if (entry.Key.Length == 0)
            return new S3Exception(400, "UserKeyMustBeSpecified", "User key must have a length greater than 0.");
        if (Encoding.UTF8.GetByteCount(entry.Key) > MaxKeyBytes)
            return new S3Exception(400, "KeyTooLongError", "Your key is too long");
        var known = entry.VersionId is null or VersionId.Null || (bucket.Versioning != VersioningState.Unversioned && VersionId.IsValid(entry.VersionId));
        if (!known)
            return new S3Exception(404, "NoSuchVersion", "The specified version does not exist.");
        try
        {
            // Each key may be deleted, or not, for reasons of its own.
            access.Check(request.For(bucket, entry.Key), DeleteObject.Permit, entry.VersionId);
            return null;
        }
        catch (S3Exception denied)
        {
            return denied;
        }
    }

    private static void Write(XmlWriter result, DeleteRequest entry, S3Exception fault) => result.Element("Error", error =>
    {
        error.Text("Key", entry.Key);
        error.Text("VersionId", entry.VersionId);
        error.Text("Code", fault.Code);
        error.Text("Message", fault.Message);
    });

    private static void Write(XmlWriter result, DeleteRequest entry, Bucket bucket) => result.Element("Deleted", deleted =>
    {
        deleted.Text("Key", entry.Key);
        deleted.Text("VersionId", entry.VersionId);
        if (bucket.Versioning == VersioningState.Unversioned || !entry.Deletion.IsDeleteMarker)
            return;
        deleted.Flag("DeleteMarker", true);
        deleted.Text("DeleteMarkerVersionId", entry.Deletion.VersionId);
    });
}
