using System.IO.Compression;

namespace Headrace.Delivery.Destinations;

/// <summary>The one file of a ZIP archive: what is written is packed, or what it holds is read. The archive's own stream stays its owner's. Not thread-safe.</summary>
internal sealed class ZipFileStream : Stream
{
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly Stream _file;

    private ZipFileStream(ZipArchive archive, Stream file)
    {
        _archive = archive;
        _file = file;
    }

    public override bool CanRead => _file.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => _file.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
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

    public override int Read(byte[] buffer, int offset, int count) => _file.Read(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _file.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _file.Write(buffer, offset, count);

    public override void Flush() => _file.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

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
