using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;
using Headrace.Server.S3.Access;

namespace Headrace.Server.S3.Objects;

/// <summary>The object that a copy reads: named by a header, under conditions of its own.</summary>
internal sealed class CopySource(BucketStore store, BucketAccess access)
{
    public const string Header = "x-amz-copy-source";
    private const string VersionHeader = "x-amz-copy-source-version-id";

    /// <summary>Opens the source, which the caller must be allowed to read.</summary>
    /// <exception cref="S3Exception">The header is malformed, or a condition fails.</exception>
    public ObjectReader Open(S3Request request)
    {
        var (address, version) = AddressOf(request);
        var bucket = store.GetBucket(address.Bucket);
        access.CheckRead(request, bucket, address.Key);
        var reader = OpenObject(address, version, CustomerKeys.Of(request, CustomerKeys.SourcePrefix));
        try
        {
            ObjectOwnership.Check(request, bucket, store, reader.Object, AccessPermission.Read);
            if (ReadConditions.IsUnchanged(request, reader.Object, "x-amz-copy-source-"))
                throw S3Exception.PreconditionFailed("x-amz-copy-source-If-None-Match");
            if (bucket.Versioning != VersioningState.Unversioned)
                request.ResponseHeaders[VersionHeader] = reader.Object.VersionId;
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>As policies know it: <c>BUCKET/KEY</c>, not escaped.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static string Spell(S3Request request) => AddressOf(request).Address is var address ? $"{address.Bucket}/{address.Key}" : "";

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static (S3Address Address, string? VersionId) AddressOf(S3Request request)
    {
        var header = request.Header(Header)!;
        var parts = header.Split("?versionId=", 2);
        // Clients encode the slash between bucket and key or leave it; one more slash may stand before the bucket.
        var source = Uri.UnescapeDataString(parts[0]);
        var named = (source.StartsWith('/') ? source[1..] : source).Split('/', 2);
        if (named is not [{ Length: > 0 } bucket, { Length: > 0 } key])
            throw S3Exception.InvalidArgument(Header, header, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        if (parts is [_, var version])
        {
            return VersionId.IsValid(version)
                ? (new S3Address(bucket, key), version)
                : throw S3Exception.InvalidArgument(Header, header, "Invalid version id specified");
        }
        return (new S3Address(bucket, key), null);
    }

    public static Task CopyAsync(ObjectReader source, ByteRange range, BodyWriter target) => source.ReadAsync(range.Offset, range.Length, piece =>
    {
        target.Write(piece.Span);
        return ValueTask.CompletedTask;
    });

    private ObjectReader OpenObject(S3Address address, string? version, CustomerKey? key)
    {
        try
        {
            return store.OpenObject(address.Bucket, address.Key, version, key);
        }
        catch (BucketsException marker) when (marker.Fault == BucketsFault.IsDeleteMarker)
        {
            throw S3Exception.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
        }
    }
}
