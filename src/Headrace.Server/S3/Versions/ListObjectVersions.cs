using System.Xml;
using Headrace.Buckets;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Versions;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Listing;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Versions;

/// <summary>GET <c>?versions</c>: every version and delete marker.</summary>
internal sealed class ListObjectVersions(BucketStore store) : IS3Operation
{
    private const int MaxKeys = 1000;

    public Task HandleAsync(S3Request request)
    {
        var encoding = KeyEncoding.Of(request);
        var keyMarker = request.Query("key-marker") ?? "";
        var versionMarker = request.Query("version-id-marker");
        if (versionMarker is not null)
            Check(versionMarker, keyMarker);
        var wanted = new ListingRequest
        {
            Bucket = request.Bucket,
            Prefix = request.Query("prefix") ?? "",
            Delimiter = request.Query("delimiter") is { Length: > 0 } delimiter ? delimiter : null,
            After = keyMarker,
            MaxKeys = request.Number("max-keys", MaxKeys),
        };
        var page = store.ListVersions(wanted, versionMarker);
        return S3Xml.RespondAsync(request.Http, "ListVersionsResult", result =>
        {
            result.Text("Name", request.Bucket);
            result.Text("Prefix", encoding.Encode(wanted.Prefix));
            result.Text("KeyMarker", encoding.Encode(keyMarker));
            result.Text("VersionIdMarker", versionMarker ?? "");
            result.Text("NextKeyMarker", encoding.Encode(page.LastKey));
            result.Text("NextVersionIdMarker", page.LastVersionId);
            result.Number("MaxKeys", wanted.MaxKeys);
            result.Text("Delimiter", encoding.Encode(wanted.Delimiter));
            result.Text("EncodingType", encoding.Name);
            result.Flag("IsTruncated", page.LastKey is not null);
            foreach (var version in page.Versions)
                result.Element(version.IsDeleteMarker ? "DeleteMarker" : "Version", entry => Write(entry, version, encoding, request.Target));
            result.Prefixes(page.CommonPrefixes, encoding);
        });
    }

    private static void Check(string versionMarker, string keyMarker)
    {
        if (keyMarker.Length == 0)
            throw S3Exception.InvalidArgument("version-id-marker", versionMarker, "A version-id marker cannot be specified without a key marker.");
        if (versionMarker.Length == 0)
            throw S3Exception.InvalidArgument("version-id-marker", versionMarker, "A version-id marker cannot be empty.");
        if (!VersionId.IsValid(versionMarker))
            throw S3Exception.InvalidArgument("version-id-marker", versionMarker, "Invalid version id specified");
    }

    private void Write(XmlWriter entry, ObjectVersion version, KeyEncoding encoding, Bucket bucket)
    {
        entry.Text("Key", encoding.Encode(version.Key));
        entry.Text("VersionId", version.VersionId);
        entry.Flag("IsLatest", version.IsLatest);
        entry.Time("LastModified", version.ModifiedAt);
        if (version.Object is { } found)
        {
            entry.Text("ETag", ETags.Quote(found.ETag));
            if (found.Checksum is { } checksum)
            {
                entry.Text("ChecksumAlgorithm", ChecksumHeaders.NameOf(checksum.Algorithm));
                entry.Text("ChecksumType", ChecksumHeaders.NameOf(checksum.Type));
            }
            entry.Number("Size", found.Length);
        }
        entry.Owner("Owner", version.Object is null ? bucket.Owner.AccountId : ObjectOwnership.AccountOf(bucket, store, version.Object));
        if (version.Object is not null)
            entry.Text("StorageClass", StorageClasses.Of(version.Object));
    }
}
