using System.Buffers.Binary;
using System.IO.Compression;
using Snappier;
using ZstdSharp;

namespace Headrace.Delivery.Destinations;

/// <summary>Packs an object's bytes as each compression's readers expect them.</summary>
internal static class ObjectPacking
{
    // snappy-java's and Hadoop's own block sizes.
    private const int SnappyJavaBlock = 32 * 1024;
    private const int HadoopBlock = 256 * 1024;
    private const int SnappyJavaVersion = 1;

    private static readonly byte[] SnappyJavaMagic = [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];
    private static readonly DateTimeOffset ZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

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
        switch (compression)
        {
            case CompressionFormat.Gzip:
                using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(plain.Span);
                break;
            case CompressionFormat.Zip:
                WriteZip(packed, plain.Span, name);
                break;
            case CompressionFormat.Snappy:
                WriteSnappyJava(packed, plain.Span);
                break;
            case CompressionFormat.Zstd:
                WriteZstd(packed, plain.Span);
                break;
            default:
                WriteHadoopSnappy(packed, plain.Span);
                break;
        }
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private static void WriteZip(MemoryStream packed, ReadOnlySpan<byte> plain, string name)
    {
        using var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true);
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = ZipTime;
        using var file = entry.Open();
        file.Write(plain);
    }

    /// <summary>A frame that tells its length and ends with a checksum.</summary>
    private static void WriteZstd(MemoryStream packed, ReadOnlySpan<byte> plain)
    {
        using var compressor = new Compressor(Compressor.DefaultCompressionLevel);
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        packed.Write(compressor.Wrap(plain));
    }

    private static void WriteSnappyJava(MemoryStream packed, ReadOnlySpan<byte> plain)
    {
        packed.Write(SnappyJavaMagic);
        WriteNumber(packed, SnappyJavaVersion);
        WriteNumber(packed, SnappyJavaVersion);
        WriteBlocks(packed, plain, SnappyJavaBlock, withPlainLength: false);
    }

    private static void WriteHadoopSnappy(MemoryStream packed, ReadOnlySpan<byte> plain) => WriteBlocks(packed, plain, HadoopBlock, withPlainLength: true);

    private static void WriteBlocks(MemoryStream packed, ReadOnlySpan<byte> plain, int blockLength, bool withPlainLength)
    {
        var block = new byte[Snappy.GetMaxCompressedLength(blockLength)];
        while (!plain.IsEmpty)
        {
            var next = plain[..Math.Min(blockLength, plain.Length)];
            var length = Snappy.Compress(next, block);
            if (withPlainLength)
                WriteNumber(packed, next.Length);
            WriteNumber(packed, length);
            packed.Write(block.AsSpan(0, length));
            plain = plain[next.Length..];
        }
    }

    private static void WriteNumber(MemoryStream packed, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        packed.Write(bytes);
    }
}
