using System.Buffers.Binary;
using System.Globalization;
using Headrace.Files;
using Headrace.ShardLog.Frames;

namespace Headrace.ShardLog.Segments;

/// <summary>A log's files: their names, and how segments and their indexes are written and read.</summary>
internal sealed class SegmentFiles(IDisk disk, string directory, LogMemory memory)
{
    private const string SegmentExtension = ".seg";
    private const string IndexExtension = ".idx";
    private const uint IndexMagic = 0x31495248; // "HRI1"
    private const int IndexHeaderLength = 12;

    public IDisk Disk { get; } = disk;

    public string Directory { get; } = directory;

    /// <summary>Where frames are kept in memory.</summary>
    public LogMemory Memory { get; } = memory;

    public string PathOf(long basePosition) => Path.Combine(Directory, basePosition.ToString("D20", CultureInfo.InvariantCulture) + SegmentExtension);

    /// <summary>The base positions of the segments that are there, in order.</summary>
    public List<long> List() =>
        [.. Disk.ListFiles(Directory)
            .Where(name => name.EndsWith(SegmentExtension, StringComparison.Ordinal))
            .Select(name => long.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture))
            .Order()];

    /// <summary>Creates a segment that begins with its frame of positions, durably.</summary>
    public (IDiskFile File, long Length) Create(long basePosition, IReadOnlyDictionary<int, long> nextPositions, long timeUnixMs)
    {
        var path = PathOf(basePosition);
        // A file of that name can only be one whose creation failed: no record was ever acknowledged in it.
        Disk.DeleteFile(path);
        var file = Disk.Create(path);
        try
        {
            var frame = PositionsFrame(basePosition, nextPositions, timeUnixMs);
            file.Write(frame, 0);
            file.Flush();
            Disk.SyncDirectory(Directory);
            return (file, frame.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the positions with which a segment begins; null when its first frame is damaged.</summary>
    public (Dictionary<int, long> NextPositions, long TimeUnixMs, long Length)? ReadPositions(long basePosition)
    {
        using var file = Disk.Open(PathOf(basePosition), writable: false);
        using var reader = new FrameReader(file, 0, file.Length);
        if (!reader.TryRead() || reader.Header.Kind != FrameKind.Positions || reader.Header.BasePosition != basePosition)
            return null;
        var positions = new Dictionary<int, long>();
        for (var at = reader.Payload; at.Length >= 12; at = at[12..])
            positions[BinaryPrimitives.ReadInt32LittleEndian(at)] = BinaryPrimitives.ReadInt64LittleEndian(at[4..]);
        return (positions, reader.Header.TimeUnixMs, file.Length);
    }

    /// <summary>Writes a closed segment's index beside it. Not flushed: one that is lost or torn is rebuilt.</summary>
    public void WriteIndex(long basePosition, SegmentIndex index)
    {
        var entries = index.ToBytes();
        var bytes = new byte[IndexHeaderLength + entries.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, IndexMagic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), entries.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32C.Of(bytes.AsSpan(0, 8), entries));
        entries.CopyTo(bytes, IndexHeaderLength);
        Disk.DeleteFile(IndexPathOf(basePosition));
        using var file = Disk.Create(IndexPathOf(basePosition));
        file.Write(bytes, 0);
    }

    /// <summary>Reads a closed segment's index, or rebuilds it from the segment.</summary>
    public SegmentIndex ReadIndex(long basePosition, DurablePosition end)
    {
        if (TryReadIndex(basePosition) is { } stored)
            return stored;
        var index = new SegmentIndex();
        using var file = Disk.Open(PathOf(basePosition), writable: false);
        using var reader = new FrameReader(file, 0, end.Bytes);
        while (reader.TryRead())
        {
            if (reader.Header.Kind == FrameKind.Records)
                index.AddFrame(reader.Payload, reader.FrameOffset, reader.Header.TimeUnixMs);
        }
        // The frames before the damage are whole and stay readable.
        index.Damage = reader.Fault is { } fault ? $"{file.Path} is damaged at byte {reader.Offset}: {fault}." : null;
        return index;
    }

    /// <summary>Removes indexes whose segment is gone: the server died between deleting one and the other.</summary>
    public void DeleteStrayIndexes()
    {
        foreach (var name in Disk.ListFiles(Directory).Where(name => name.EndsWith(IndexExtension, StringComparison.Ordinal)))
        {
            var path = Path.Combine(Directory, name);
            if (!Disk.FileExists(Path.ChangeExtension(path, SegmentExtension)))
                Disk.DeleteFile(path);
        }
    }

    public void Delete(long basePosition)
    {
        Disk.DeleteFile(PathOf(basePosition));
        Disk.DeleteFile(IndexPathOf(basePosition));
    }

    private string IndexPathOf(long basePosition) => Path.ChangeExtension(PathOf(basePosition), IndexExtension);

    private SegmentIndex? TryReadIndex(long basePosition)
    {
        var path = IndexPathOf(basePosition);
        if (!Disk.FileExists(path))
            return null;
        using var file = Disk.Open(path, writable: false);
        var bytes = new byte[file.Length];
        if (file.Read(bytes, 0) < IndexHeaderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != IndexMagic
            || BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)) != bytes.Length - IndexHeaderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)) != Crc32C.Of(bytes.AsSpan(0, 8), bytes.AsSpan(IndexHeaderLength)))
        {
            return null;
        }
        return SegmentIndex.FromBytes(bytes.AsSpan(IndexHeaderLength));
    }

    private static byte[] PositionsFrame(long basePosition, IReadOnlyDictionary<int, long> nextPositions, long timeUnixMs)
    {
        var frame = new byte[FrameHeader.Length + (12 * nextPositions.Count)];
        var at = frame.AsSpan(FrameHeader.Length);
        foreach (var (shard, next) in nextPositions)
        {
            BinaryPrimitives.WriteInt32LittleEndian(at, shard);
            BinaryPrimitives.WriteInt64LittleEndian(at[4..], next);
            at = at[12..];
        }
        new FrameHeader(FrameKind.Positions, frame.Length - FrameHeader.Length, 0, basePosition, timeUnixMs).Write(frame);
        return frame;
    }
}
