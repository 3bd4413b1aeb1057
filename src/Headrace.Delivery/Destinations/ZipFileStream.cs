using System.IO.Compression;
using Headrace.Buckets.Bodies;

namespace Headrace.Delivery.Destinations;

/// <summary>The one file of a ZIP archive: what is written is packed, or what it holds is read. The archive's own stream stays its owner's. Not thread-safe.</summary>
internal sealed class ZipFileStream : OneWayStream
{
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly Stream _file;

    private ZipFileStream(ZipArchive archive, Stream file)
        : base(file.CanRead)
    {
        _archive = archive;
        _file = file;
    }

    /// <summary>Begins an archive; it is whole once this is disposed of.</summary>
    public static ZipFileStream Create(Stream target, string name)
    {
        var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Time;
        return new ZipFileStream(archive, entry.Open());
    }

    /// <exception cref="InvalidDataException">It is no archive of one file.</exception>
    public static ZipFileStream Open(Stream packed)
    {
        var archive = new ZipArchive(packed, ZipArchiveMode.Read, leaveOpen: true);
        return archive.Entries is [var entry] ? new ZipFileStream(archive, entry.Open()) : throw new InvalidDataException($"The archive has {archive.Entries.Count} files.");
    }

    public override int Read(Span<byte> buffer) => _file.Read(buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => _file.Write(buffer);

    public override void Flush() => _file.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _archive.Dispose();
        }
        base.Dispose(disposing);
    }
}
