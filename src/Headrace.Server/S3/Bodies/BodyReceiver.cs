using System.Buffers;
using Headrace.Buckets;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.S3.Bodies;

/// <summary>Takes in a request's body and checks it against everything that the client said of it.</summary>
internal static class BodyReceiver
{
    private const int BufferSize = 256 * 1024;

    /// <summary>S3's largest single put: 5 GiB.</summary>
    private const long MaxBytes = 5L << 30;

    /// <summary>A document of 1,000 keys at their longest, with room for its markup.</summary>
    private const int MaxDocumentBytes = 8 << 20;

    /// <summary>Writes the body to the store; the writer that it gives is to be disposed of.</summary>
    /// <param name="request">The put.</param>
    /// <param name="store">Where to write.</param>
    /// <param name="otherwise">The checksum to compute when the client states none.</param>
    /// <param name="key">What to encrypt it with; null to store it as it is.</param>
    /// <exception cref="S3Exception">The body is too large, incomplete, or not what the client said.</exception>
    public static async Task<BodyWriter> ReceiveAsync(S3Request request, BucketStore store, ChecksumAlgorithm otherwise, CustomerKey? key)
    {
        var expected = ExpectedDigests.Of(request);
        if (request.Payload.Length > MaxBytes)
            throw TooLarge(MaxBytes);
        // A body in HTTP's own chunks or frames has an end of its own; without those, only a length tells that there is one.
        if (request.Payload.Length is null && request.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            throw new S3Exception(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        var writer = store.NewBody(expected.Stated ?? otherwise, key);
        try
        {
            long length = 0;
            await CopyAsync(request, piece =>
            {
                if ((length += piece.Length) > MaxBytes)
                    throw TooLarge(MaxBytes);
                writer.Write(piece);
            });
            expected.Verify(writer.Digest, request.Payload.Trailers);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Reads a document whole.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mustBeStated">True when S3 demands that the client state a digest.</param>
    /// <exception cref="S3Exception">The body is too large, incomplete, or not what the client said.</exception>
    public static async Task<byte[]> ReceiveDocumentAsync(S3Request request, bool mustBeStated = false)
    {
        var expected = ExpectedDigests.Of(request);
        if (mustBeStated && !expected.IsStated)
            throw S3Exception.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        var bytes = await ReceiveUncheckedAsync(request);
        expected.Verify(DigestOf(bytes, expected.Stated ?? ChecksumAlgorithm.Crc64Nvme), request.Payload.Trailers);
        return bytes;
    }

    /// <summary>Reads a document whole, whose request carries digests of something else.</summary>
    /// <exception cref="S3Exception">The body is too large or incomplete.</exception>
    public static async Task<byte[]> ReceiveUncheckedAsync(S3Request request)
    {
        using var document = new MemoryStream();
        await CopyAsync(request, piece =>
        {
            if (document.Length + piece.Length > MaxDocumentBytes)
                throw TooLarge(MaxDocumentBytes);
            document.Write(piece);
        });
        return document.ToArray();
    }

    private static async Task CopyAsync(S3Request request, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await request.Payload.Body.ReadAsync(buffer, request.Aborted)) > 0)
                take(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static BodyDigest DigestOf(byte[] bytes, ChecksumAlgorithm algorithm)
    {
        using var hash = ChecksumHash.Create(algorithm);
        hash.Append(bytes);
        return new BodyDigest(bytes.Length, Md5Of(bytes), new ObjectChecksum(algorithm, ChecksumType.FullObject, Convert.ToBase64String(hash.Value())));
    }

#pragma warning disable CA5351 // Content-MD5 is defined so.
    private static byte[] Md5Of(byte[] bytes) => System.Security.Cryptography.MD5.HashData(bytes);
#pragma warning restore CA5351

    private static S3Exception TooLarge(long limit) => new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    {
        Details = [("MaxSizeAllowed", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))],
    };
}
