using Headrace.Buckets;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Objects;

namespace Headrace.Server.S3.Objects;

/// <summary>The object that a copy reads: named by a header, under conditions of its own.</summary>
internal static class CopySource
{
    public const string Header = "x-amz-copy-source";

    /// <summary>Opens the source, of which the caller must own the bucket.</summary>
    /// <exception cref="S3Exception">The header is malformed, or a condition fails.</exception>
    public static ObjectReader Open(S3Request request, BucketStore store)
    {
        var address = AddressOf(request);
        BucketAccess.Check(store.GetBucket(address.Bucket), request.Caller);
        var reader = store.OpenObject(address.Bucket, address.Key);
        try
        {
            if (ReadConditions.IsUnchanged(request, reader.Object, "x-amz-copy-source-"))
                throw S3Exception.PreconditionFailed("x-amz-copy-source-If-None-Match");
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public static S3Address AddressOf(S3Request request)
    {
        var header = request.Header(Header)!;
        // Clients encode the slash between bucket and key or leave it.
        var source = Uri.UnescapeDataString(header.Split("?versionId=", 2)[0]).TrimStart('/').Split('/', 2);
        var address = source is [var bucket, var key] ? new S3Address(bucket, key) : default;
        return address is { Bucket.Length: > 0, Key.Length: > 0 }
            ? address
            : throw S3Exception.InvalidArgument(Header, header, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    public static Task CopyAsync(ObjectReader source, ByteRange range, BodyWriter target) => source.ReadAsync(range.Offset, range.Length, piece =>
    {
        target.Write(piece.Span);
        return ValueTask.CompletedTask;
    });
}
