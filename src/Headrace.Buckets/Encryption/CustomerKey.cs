using System.Security.Cryptography;

namespace Headrace.Buckets.Encryption;

/// <summary>
/// A key that a client brings to have its object's bytes encrypted, and must bring again to read them. It is never kept: a seal is,
/// which tells whether another key is the same and nothing else.
/// </summary>
public sealed class CustomerKey
{
    /// <summary>Bytes of a key of AES-256.</summary>
    public const int Size = 32;

    private const int SaltSize = 16;

    private readonly byte[] _bytes;

    /// <param name="bytes">As many as <see cref="Size"/>.</param>
    public CustomerKey(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        _bytes = bytes.ToArray();
    }

    /// <summary>A salted hash of the key, another each time.</summary>
    internal string Seal()
    {
        Span<byte> seal = stackalloc byte[SaltSize + HMACSHA256.HashSizeInBytes];
        RandomNumberGenerator.Fill(seal[..SaltSize]);
        HMACSHA256.HashData(_bytes, seal[..SaltSize], seal[SaltSize..]);
        return Convert.ToBase64String(seal);
    }

    /// <summary>True when the seal was made of this key.</summary>
    internal bool Opens(string seal)
    {
        var known = Convert.FromBase64String(seal);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_bytes, known.AsSpan(0, SaltSize), hash);
        return CryptographicOperations.FixedTimeEquals(hash, known.AsSpan(SaltSize));
    }

    /// <summary>The key that a file's bytes are encrypted with: no two files have the same.</summary>
    internal byte[] DeriveFor(Guid file) => HMACSHA256.HashData(_bytes, (byte[])[.. "headrace body "u8, .. file.ToByteArray(bigEndian: true)]);
}
