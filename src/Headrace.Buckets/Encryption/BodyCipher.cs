using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Headrace.Buckets.Encryption;

/// <summary>
/// Encrypts and decrypts a file's bytes with AES-256 in counter mode, from any offset on. The key is the file's own, so that the
/// counter may begin at 0. Not thread-safe.
/// </summary>
internal sealed class BodyCipher : IDisposable
{
    private const int BlockSize = 16;
    private const int BatchSize = 16 * 1024;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _counters = new byte[BatchSize];
    private readonly byte[] _stream = new byte[BatchSize];

    public BodyCipher(CustomerKey key, Guid file)
    {
        // The same bytes never meet the same keystream, so that ECB of counters is the counter mode that .NET lacks.
        _aes.Key = key.DeriveFor(file);
    }

    /// <summary>Turns plain bytes into encrypted ones, or the other way round.</summary>
    /// <param name="bytes">Changed in place.</param>
    /// <param name="offset">Where they stand in the file.</param>
    public void Apply(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var skipped = (int)(offset % BlockSize);
            var count = Math.Min(bytes.Length, BatchSize - skipped);
            var blocks = (skipped + count + BlockSize - 1) / BlockSize;
            for (var block = 0; block < blocks; block++)
                BinaryPrimitives.WriteInt64BigEndian(_counters.AsSpan((block * BlockSize) + sizeof(long)), (offset / BlockSize) + block);
            _aes.EncryptEcb(_counters.AsSpan(0, blocks * BlockSize), _stream, PaddingMode.None);
            Combine(bytes[..count], _stream.AsSpan(skipped, count));
            bytes = bytes[count..];
            offset += count;
        }
    }

    public void Dispose() => _aes.Dispose();

    private static void Combine(Span<byte> bytes, ReadOnlySpan<byte> stream)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(bytes);
        var others = MemoryMarshal.Cast<byte, Vector<byte>>(stream);
        for (var i = 0; i < wide.Length; i++)
            wide[i] ^= others[i];
        for (var i = wide.Length * Vector<byte>.Count; i < bytes.Length; i++)
            bytes[i] ^= stream[i];
    }
}
