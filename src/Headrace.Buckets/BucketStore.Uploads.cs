using System.Security.Cryptography;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Uploads;

namespace Headrace.Buckets;

// Uploads in parts.
public sealed partial class BucketStore
{
    /// <summary>Begins an upload in parts.</summary>
    public MultipartUpload CreateUpload(NewObject target, ChecksumAlgorithm? algorithm = null, ChecksumType type = ChecksumType.FullObject, CustomerKey? key = null)
    {
        CheckKey(target.Key);
        // Begins with the time: uploads of one key are listed in the order that they were begun in.
        var upload = new MultipartUpload($"{Guid.CreateVersion7():N}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", target, algorithm, type, Now()) { KeySeal = key?.Seal() };
        return Write(session =>
        {
            BucketTables.GetBucket(session, target.Bucket);
            UploadTables.Insert(session, upload);
            return upload;
        });
    }

    public MultipartUpload GetUpload(string bucket, string key, string uploadId) => Read(session => UploadTables.Get(session, bucket, key, uploadId));

    /// <summary>Stores a part whole; replaces one of the same number. The writer is used up, but still to be disposed of.</summary>
    public UploadedPart PutPart(string bucket, string key, string uploadId, int number, BodyWriter body)
    {
        var digest = body.Digest;
        var part = new UploadedPart(number, digest.ETag, digest.Length, Now(), digest.Checksum) { Files = body.Shelve() };
        try
        {
            Write(session =>
            {
                UploadTables.Get(session, bucket, key, uploadId).CheckKey(body.Key);
                var before = UploadTables.Parts(session, uploadId).Find(other => other.Number == number);
                UploadTables.SavePart(session, uploadId, part);
                return before?.Files ?? [];
            }, after: _shelf.Discard);
            return part;
        }
        catch (BucketsException failure) when (failure.Fault is not (BucketsFault.StorageFull or BucketsFault.StorageFailed))
        {
            _shelf.Discard(part.Files);
            throw;
        }
    }

    /// <summary>The parts so far, by number.</summary>
    public IReadOnlyList<UploadedPart> ListParts(string bucket, string key, string uploadId) => Read(session =>
    {
        UploadTables.Get(session, bucket, key, uploadId);
        return UploadTables.Parts(session, uploadId);
    });

    /// <summary>Uploads under way, by key and id, rolled up at the delimiter.</summary>
    public UploadPage ListUploads(ListingRequest request, string? afterId = null) => Read(session =>
    {
        BucketTables.GetBucket(session, request.Bucket);
        return new UploadListing(session, request, afterId).Make();
    });

    /// <summary>
    /// Makes the object from the parts named, in one transaction; the other parts are dropped. <paramref name="verify"/> looks
    /// at the object before it is stored, and throws to refuse it. Completed once more from the same parts, the upload gives the
    /// object that it has become.
    /// </summary>
    public StoredObject CompleteUpload(
        string bucket, string key, string uploadId, IReadOnlyList<PartReference> named, WriteCondition condition = default, Action<StoredObject>? verify = null)
    {
        var spelled = string.Join(',', named.Select(part => $"{part.Number}:{part.ETag}"));
        var (placed, freed) = Write(session =>
        {
            if (UploadTables.FindCompletion(session, bucket, key, uploadId, spelled) is { } made)
                return (made, []);
            var upload = UploadTables.Get(session, bucket, key, uploadId);
            var parts = UploadTables.Parts(session, uploadId);
            var assembled = UploadAssembly.Assemble(upload, parts, named, Now());
            verify?.Invoke(assembled);
            var (stored, replaced) = Placement.Place(session, assembled, condition);
            UploadTables.Delete(session, uploadId);
            UploadTables.SaveCompletion(session, uploadId, stored, spelled);
            return (stored, (BodyFile[])[.. replaced, .. parts.SelectMany(part => part.Files).Except(stored.Files)]);
        });
        _shelf.Discard(freed);
        return placed;
    }

    /// <summary>Drops an upload with its parts.</summary>
    public void AbortUpload(string bucket, string key, string uploadId) => Write(session =>
    {
        UploadTables.Get(session, bucket, key, uploadId);
        var parts = UploadTables.Parts(session, uploadId);
        UploadTables.Delete(session, uploadId);
        return (BodyFile[])[.. parts.SelectMany(part => part.Files)];
    }, after: _shelf.Discard);
}
