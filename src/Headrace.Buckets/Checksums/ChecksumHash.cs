using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Headrace.Buckets.Checksums;

/// <summary>Computes a checksum while bytes pass by. Not thread-safe.</summary>
public abstract class ChecksumHash : IDisposable
{
    public abstract ChecksumAlgorithm Algorithm { get; }

    public static ChecksumHash Create(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => new Cyclic32(algorithm, Crc32ParameterSet.Crc32),
        ChecksumAlgorithm.Crc32C => new Cyclic32(algorithm, Crc32ParameterSet.Crc32C),
        ChecksumAlgorithm.Crc64Nvme => new Cyclic64(algorithm),
        ChecksumAlgorithm.Sha1 => new Cryptographic(algorithm, HashAlgorithmName.SHA1),
        ChecksumAlgorithm.Sha256 => new Cryptographic(algorithm, HashAlgorithmName.SHA256),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Unknown checksum algorithm."),
    };

    /// <summary>Bytes of a value of the algorithm.</summary>
    public static int SizeOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc64Nvme => sizeof(ulong),
        ChecksumAlgorithm.Sha1 => SHA1.HashSizeInBytes,
        ChecksumAlgorithm.Sha256 => SHA256.HashSizeInBytes,
        _ => sizeof(uint),
    };

    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The value over all bytes so far, big-endian as S3 writes it.</summary>
    public abstract byte[] Value();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class Cyclic32(ChecksumAlgorithm algorithm, Crc32ParameterSet parameters) : ChecksumHash
    {
        private readonly Crc32 _crc = new(parameters);

        public override ChecksumAlgorithm Algorithm => algorithm;

        public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

        public override byte[] Value()
        {
            var value = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(value, _crc.GetCurrentHashAsUInt32());
            return value;
        }
    }

    private sealed class Cyclic64(ChecksumAlgorithm algorithm) : ChecksumHash
    {
        private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);

        public override ChecksumAlgorithm Algorithm => algorithm;

        public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

        public override byte[] Value()
        {
            var value = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(value, _crc.GetCurrentHashAsUInt64());
            return value;
        }
    }

    private sealed class Cryptographic(ChecksumAlgorithm algorithm, HashAlgorithmName name) : ChecksumHash
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public override ChecksumAlgorithm Algorithm => algorithm;

        public override void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public override byte[] Value() => _hash.GetCurrentHash();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
