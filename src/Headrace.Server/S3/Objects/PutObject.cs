using Headrace.Buckets;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Lifecycle;
using Headrace.Server.S3.Retention;
using Headrace.Server.S3.Versions;

namespace Headrace.Server.S3.Objects;

/// <summary>PUT of an object.</summary>
internal sealed class PutObject(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var wanted = WantedOf(request, store);
        var condition = WriteConditions.Of(request);
        using var body = await BodyReceiver.ReceiveAsync(request, store, ChecksumAlgorithm.Crc64Nvme, CustomerKeys.Of(request));
        var stored = store.PutObject(wanted, body, condition);
        request.ResponseHeaders.ETag = ETags.Quote(stored.ETag);
        ChecksumHeaders.Write(request.ResponseHeaders, stored.Checksum);
        Encryptions.Write(request, stored);
        VersionHeaders.WriteNew(request, stored);
        ExpirationHeader.Write(request, store, stored);
    }

    /// <summary>What the headers of a put, or of the beginning of an upload in parts, say of the object.</summary>
    /// <exception cref="S3Exception">A header is malformed or not allowed.</exception>
    public static NewObject WantedOf(S3Request request, BucketStore store)
    {
        var bucketOwner = request.Target.Owner.AccountId;
        var owner = ObjectOwnership.OfNew(request, store, request.Header(CannedAcl.Header));
        var grants = GrantReader.OfHeaders(request, CanonicalId.Of(owner ?? bucketOwner), CanonicalId.Of(bucketOwner));
        if (grants is not null)
            AclRules.Check(request, store, grants, request.Header(CannedAcl.Header));
        return new NewObject
        {
            Bucket = request.Bucket,
            Key = request.Key,
            Headers = ObjectHeaders.Of(request, store),
            Tags = ObjectTags.OfHeader(request.Header("x-amz-tagging")),
            Owner = owner,
            Controls = RetentionHeaders.Of(request) is var controls && grants is null ? controls : controls with { Grants = grants },
        };
    }
}
