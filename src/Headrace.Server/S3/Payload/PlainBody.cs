using System.Buffers;
using System.Security.Cryptography;

namespace Headrace.Server.S3.Payload;

/// <summary>A body that is sent as it is, checked against its length and its SHA-256 where the headers give them.</summary>
internal sealed class PlainBody(UploadReader upload, long? contentLength, byte[]? sha256) : PayloadStream(upload)
{
    private readonly IncrementalHash? _hash = sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _count;

    protected override int Decode(ref ReadOnlySequence<byte> wire, Span<byte> buffer)
    {
        var count = (int)Math.Min(wire.Length, buffer.Length);
        wire.Slice(0, count).CopyTo(buffer);
        wire = wire.Slice(count);
        _hash?.AppendData(buffer[..count]);
        _count += count;
        return count;
    }

    protected override void CheckEnd(long left)
    {
        if (contentLength is { } length && _count != length)
            throw PayloadErrors.Incomplete();
        if (_hash is null)
            return;
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(computed);
        if (!computed.SequenceEqual(sha256))
            throw PayloadErrors.ContentSha256(sha256, computed);
    }

    protected override void Dispose(bool disposing)
    {
        _hash?.Dispose();
        base.Dispose(disposing);
    }
}
