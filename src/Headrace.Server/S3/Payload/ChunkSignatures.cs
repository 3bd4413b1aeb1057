using System.Security.Cryptography;
using System.Text;
using Headrace.Server.Signing;

namespace Headrace.Server.S3.Payload;

/// <summary>
/// The chain of signatures of a signed aws-chunked body: each chunk's is made of its predecessor's and of the hash of
/// the chunk's data, the first one's of the request's own. Not thread-safe.
/// </summary>
internal sealed class ChunkSignatures : IDisposable
{
    /// <summary>Hex digits in a signature.</summary>
    public const int Size = 64;

    private static readonly byte[] EmptyHash = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData([])));

    private readonly byte[] _key;
    private readonly byte[] _trailerPrefix;
    private readonly byte[] _stringToSign;
    private readonly int _previousAt;
    private readonly IncrementalHash _data = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ChunkSignatures(RequestSignature seed)
    {
        _key = seed.SigningKey;
        var prefix = Encoding.ASCII.GetBytes($"AWS4-HMAC-SHA256-PAYLOAD\n{seed.Timestamp}\n{seed.Scope}\n");
        _trailerPrefix = Encoding.ASCII.GetBytes($"AWS4-HMAC-SHA256-TRAILER\n{seed.Timestamp}\n{seed.Scope}\n");
        _previousAt = prefix.Length;
        // Kept whole, so that a chunk only overwrites its predecessor's signature and its own hash.
        _stringToSign = [.. prefix, .. Encoding.ASCII.GetBytes(seed.Signature), (byte)'\n', .. EmptyHash, (byte)'\n', .. new byte[Size]];
    }

    /// <summary>Adds to the data of the chunk that is being read.</summary>
    public void Append(ReadOnlySpan<byte> data) => _data.AppendData(data);

    /// <summary>Checks the signature of the chunk whose data is complete, and begins the next chunk.</summary>
    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public void VerifyChunk(ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _data.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash, _stringToSign.AsSpan(^Size..), out _);
        Verify(_stringToSign, signature);
        signature.CopyTo(_stringToSign.AsSpan(_previousAt));
    }

    /// <summary>Checks the signature of the trailing headers, after the last chunk.</summary>
    /// <param name="trailers">The trailers in canonical form: sorted <c>name:value</c> lines.</param>
    /// <param name="signature">What x-amz-trailer-signature says.</param>
    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public void VerifyTrailers(string trailers, string signature)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(trailers)));
        byte[] stringToSign = [.. _trailerPrefix, .. _stringToSign.AsSpan(_previousAt, Size), (byte)'\n', .. Encoding.ASCII.GetBytes(hash)];
        Verify(stringToSign, Encoding.ASCII.GetBytes(signature));
    }

    public void Dispose() => _data.Dispose();

    private void Verify(ReadOnlySpan<byte> stringToSign, ReadOnlySpan<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, stringToSign, mac);
        Span<byte> expected = stackalloc byte[Size];
        Convert.TryToHexStringLower(mac, expected, out _);
        if (!CryptographicOperations.FixedTimeEquals(expected, signature))
            throw PayloadErrors.Signature();
    }
}
