using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headrace.Protocol.HashKeys;

/// <summary>Where a record belongs among the 2^128 hash keys.</summary>
public static class PartitionKeyHash
{
    /// <summary>The MD5 of the key's UTF-8 bytes, read as a big-endian number.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> utf8Key)
    {
        if (utf8Key.Length <= SingleBlockMd5.MaxBytes)
            return SingleBlockMd5.Hash(utf8Key);
        Span<byte> hash = stackalloc byte[16];
        MD5.HashData(utf8Key, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Reads an explicit hash key: decimal, 0 to 2^128-1, without leading zeros.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out UInt128 hashKey)
    {
        hashKey = 0;
        if (utf8.Length is 0 or > 39 || (utf8[0] == '0' && utf8.Length > 1))
            return false;
        return UInt128.TryParse(utf8, NumberStyles.None, CultureInfo.InvariantCulture, out hashKey);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out UInt128)"/>
    public static bool TryParse(string text, out UInt128 hashKey) => TryParse(Encoding.UTF8.GetBytes(text), out hashKey);
}
