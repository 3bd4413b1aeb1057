using System.Buffers.Binary;
using System.IO.Compression;
using ZstdSharp;

namespace Headrace.Delivery.Destinations;

/// <summary>Packs an object's bytes as each compression's readers expect them, and unpacks what it packed.</summary>
internal static class ObjectPacking
{
    // snappy-java's and Hadoop's own block sizes.
    private const int SnappyJavaBlock = 32 * 1024;
    private const int HadoopBlock = 256 * 1024;
    private const int SnappyJavaVersion = 1;

    private static readonly byte[] SnappyJavaMagic = [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    /// <summary>What the object's Content-Encoding says; null where it is plain.</summary>
    public static string? ContentEncodingOf(CompressionFormat compression) => compression switch
    {
        CompressionFormat.Gzip => "gzip",
        CompressionFormat.Zip => "zip",
        CompressionFormat.Snappy => "snappy-java",
        CompressionFormat.HadoopSnappy => "hadoop-snappy",
        CompressionFormat.Zstd => "zstd",
        _ => null,
    };

    /// <summary>The packed bytes: the same ones for the same input.</summary>
    /// <param name="plain">The records' bytes.</param>
    /// <param name="compression">How to pack them.</param>
    /// <param name="name">What the one file in a ZIP archive is called.</param>
    public static ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> plain, CompressionFormat compression, string name)
    {
        if (compression == CompressionFormat.Uncompressed)
            return plain;
        var packed = new MemoryStream((plain.Length / 2) + 64);
        using (var packer = Packer(packed, compression, name, plain.Length))
            packer.Write(plain.Span);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    /// <summary>Packs what is written to it; whole once it is disposed of.</summary>
    /// <param name="target">Takes the packed bytes; stays its owner's.</param>
    /// <param name="compression">How to pack, where it is not <see cref="CompressionFormat.Uncompressed"/>.</param>
    /// <param name="name">What the one file in a ZIP archive is called.</param>
    /// <param name="plainLength">How many bytes will be written, of which a frame of Zstandard tells.</param>
    public static Stream Packer(Stream target, CompressionFormat compression, string name, long plainLength)
    {
        switch (compression)
        {
            case CompressionFormat.Gzip:
                return new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
            case CompressionFormat.Zip:
                return ZipFileStream.Create(target, name);
            case CompressionFormat.Snappy:
                target.Write(SnappyJavaHeader());
                return new SnappyBlockWriter(target, SnappyJavaBlock, withPlainLength: false);
            case CompressionFormat.HadoopSnappy:
                return new SnappyBlockWriter(target, HadoopBlock, withPlainLength: true);
            case CompressionFormat.Zstd:
                // A frame that tells its length and ends with a checksum.
                var zstd = new CompressionStream(target, Compressor.DefaultCompressionLevel, leaveOpen: true);
                zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
                zstd.SetPledgedSrcSize((ulong)plainLength);
                return zstd;
            default:
                throw new ArgumentOutOfRangeException(nameof(compression), compression, null);
        }
    }

    /// <summary>Reads the plain bytes of what was packed.</summary>
    /// <param name="packed">Can be read from any place on; stays its owner's.</param>
    /// <param name="compression">How it was packed, where it is not <see cref="CompressionFormat.Uncompressed"/>.</param>
    public static Stream Unpacker(Stream packed, CompressionFormat compression)
    {
        switch (compression)
        {
            case CompressionFormat.Gzip:
                return new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            case CompressionFormat.Zip:
                return ZipFileStream.Open(packed);
            case CompressionFormat.Snappy:
                packed.Seek(SnappyJavaHeader().Length, SeekOrigin.Current);
                return new SnappyBlockReader(packed, withPlainLength: false);
            case CompressionFormat.HadoopSnappy:
                return new SnappyBlockReader(packed, withPlainLength: true);
            case CompressionFormat.Zstd:
                return new DecompressionStream(packed, leaveOpen: true);
            default:
                throw new ArgumentOutOfRangeException(nameof(compression), compression, null);
        }
    }

    private static byte[] SnappyJavaHeader()
    {
        var header = new byte[SnappyJavaMagic.Length + (2 * sizeof(int))];
        SnappyJavaMagic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(SnappyJavaMagic.Length), SnappyJavaVersion);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(SnappyJavaMagic.Length + sizeof(int)), SnappyJavaVersion);
        return header;
    }
}
