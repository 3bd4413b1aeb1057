using System.Buffers;
using System.Security.Cryptography;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;
using Headrace.Files;

namespace Headrace.Buckets.Bodies;

/// <summary>
/// Takes the bytes of an object, or of a part of one, that is on its way. Nobody sees them until the store is given the
/// writer; one that is disposed before leaves nothing behind. Not thread-safe.
/// </summary>
public sealed class BodyWriter : IDisposable
{
    private const int FlushedAtOnce = 4 << 20;

    private readonly BodyShelf _shelf;
    private readonly Guid _id = Guid.CreateVersion7();
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly ChecksumHash _checksum;
    private readonly BodyCipher? _cipher;
    private readonly IncrementalHash? _cipherMd5;
    private IDiskFile? _file;
    private BodyDigest? _digest;
    private long _length;
    private long _begun;
    private bool _shelved;

    internal BodyWriter(BodyShelf shelf, ChecksumAlgorithm algorithm, CustomerKey? key)
    {
        _shelf = shelf;
        Key = key;
        _cipher = key is null ? null : new BodyCipher(key, _id);
        // What names an encrypted object must tell nothing of what is in it.
        _cipherMd5 = key is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        _checksum = ChecksumHash.Create(algorithm);
    }

    /// <summary>What the bytes so far are. Nothing can be written once it was asked for.</summary>
    public BodyDigest Digest => _digest ??= DigestOfAll();

    /// <summary>What the bytes are encrypted with; null for nothing.</summary>
    internal CustomerKey? Key { get; }

    /// <exception cref="BucketsException">The disk is full or refuses.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_digest is not null)
            throw new InvalidOperationException("The body has been finished.");
        _md5.AppendData(bytes);
        _checksum.Append(bytes);
        if (_cipher is null)
            WriteThrough(bytes);
        else
            WriteEncrypted(_cipher, bytes);
    }

    public void Dispose()
    {
        _md5.Dispose();
        _checksum.Dispose();
        _cipher?.Dispose();
        _cipherMd5?.Dispose();
        _file?.Dispose();
        if (_file is not null && !_shelved)
            _shelf.Delete(_id);
    }

    /// <summary>Makes the bytes durable and gives them their place; an empty body has no file.</summary>
    internal IReadOnlyList<BodyFile> Shelve()
    {
        if (_file is null)
            return [];
        StorageFaults.Translate(() =>
        {
            _file.Flush();
            _shelf.Shelve(_id);
        });
        _shelved = true;
        return [new BodyFile(_id, _length)];
    }

    private BodyDigest DigestOfAll()
    {
        var checksum = new ObjectChecksum(_checksum.Algorithm, ChecksumType.FullObject, Convert.ToBase64String(_checksum.Value()));
        var digest = new BodyDigest(_length, _md5.GetHashAndReset(), checksum);
        return _cipherMd5 is null ? digest : digest with { ETag = Convert.ToHexStringLower(_cipherMd5.GetHashAndReset()) };
    }

    private void WriteEncrypted(BodyCipher cipher, ReadOnlySpan<byte> bytes)
    {
        var encrypted = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(encrypted);
            var all = encrypted.AsSpan(0, bytes.Length);
            cipher.Apply(all, _length);
            _cipherMd5!.AppendData(all);
            WriteThrough(all);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encrypted);
        }
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        StorageFaults.Translate(bytes, WriteToFile);
        _length += bytes.Length;
    }

    private void WriteToFile(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        _file ??= _shelf.Create(_id);
        _file.Write(bytes, _length);
        // The disk works while more comes: the flush at the end of a large body waits for the last piece only.
        if (_length + bytes.Length - _begun < FlushedAtOnce)
            return;
        _file.BeginFlush(_begun, _length + bytes.Length - _begun);
        _begun = _length + bytes.Length;
    }
}
