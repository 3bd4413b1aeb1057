using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Headrace.Streams.Iterators;

/// <summary>
/// Makes opaque texts (iterators, paging tokens) that only this data directory's servers can have made: their content with
/// a keyed hash, in Base64. Thread-safe.
/// </summary>
internal sealed class Seal(byte[] key)
{
    public const int TagLength = 16;

    public string Close(ReadOnlySpan<byte> content)
    {
        var sealedBytes = new byte[content.Length + TagLength];
        content.CopyTo(sealedBytes);
        Tag(content, sealedBytes.AsSpan(content.Length));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <summary>The content of a text that <see cref="Close"/> made; null for any other text.</summary>
    public byte[]? Open(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(utf8.Length)];
        if (Base64.DecodeFromUtf8(utf8, bytes, out _, out var length) != System.Buffers.OperationStatus.Done || length < TagLength)
            return null;
        var content = bytes.AsSpan(0, length - TagLength);
        Span<byte> expected = stackalloc byte[TagLength];
        Tag(content, expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(content.Length, TagLength)) ? content.ToArray() : null;
    }

    private void Tag(ReadOnlySpan<byte> content, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, hash);
        hash[..TagLength].CopyTo(tag);
    }
}
