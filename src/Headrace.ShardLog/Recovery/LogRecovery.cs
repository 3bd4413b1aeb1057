using Headrace.Files;
using Headrace.ShardLog.Frames;
using Headrace.ShardLog.Segments;

namespace Headrace.ShardLog.Recovery;

/// <summary>What a log's directory holds, after its tail was put in order.</summary>
/// <param name="Segments">All segments, oldest first; the last one takes the next frames. Empty for a new log.</param>
/// <param name="NextPositions">Each shard's next position.</param>
/// <param name="NextBase">The log-wide number of the next record.</param>
/// <param name="LastTimeUnixMs">The newest frame's time.</param>
/// <param name="Report">What was found.</param>
internal sealed record RecoveredLog(List<Segment> Segments, Dictionary<int, long> NextPositions, long NextBase, long LastTimeUnixMs, RecoveryReport Report);

/// <summary>
/// Opens a log's directory. Only the newest segment is read through: it is cut off, durably, before its first bad frame, for
/// what stands behind that was never acknowledged. A newest segment whose creation did not finish is set aside.
/// </summary>
internal static class LogRecovery
{
    public static RecoveredLog Recover(SegmentFiles files)
    {
        files.DeleteStrayIndexes();
        var segments = new List<Segment>();
        long dropped = 0;
        string? reason = null;
        var bases = files.List();
        // Older ones were flushed before the next was begun; the newest may be one whose creation did not finish.
        foreach (var basePosition in bases.TakeLast(2))
            Settle(files, basePosition);
        foreach (var basePosition in bases)
        {
            if (files.ReadPositions(basePosition) is { } start)
            {
                segments.Add(new Segment(files, basePosition, start.NextPositions, start.TimeUnixMs, new DurablePosition(start.Length), index: null));
                continue;
            }
            if (basePosition != bases[^1] || (segments.Count == 0 && basePosition > 0) || HoldsRecords(files, basePosition))
                throw new LogDamagedException($"{files.PathOf(basePosition)} is damaged at its beginning.");
            dropped = SetAside(files, basePosition);
            reason = $"{files.PathOf(basePosition)} does not begin with its positions; it was set aside";
        }
        if (segments.Count == 0)
            return new RecoveredLog(segments, [], 0, 0, new RecoveryReport(0, dropped, reason));
        return ReadNewest(files, segments, dropped, reason);
    }

    /// <summary>
    /// What was written and not flushed when the process died is served from now on, so it must not be lost with the power. What a
    /// failed flush left in memory alone must not be served.
    /// </summary>
    private static void Settle(SegmentFiles files, long basePosition)
    {
        using var file = files.Disk.Open(files.PathOf(basePosition), writable: true);
        file.Flush();
        file.ForgetCached();
    }

    private static RecoveredLog ReadNewest(SegmentFiles files, List<Segment> segments, long dropped, string? reason)
    {
        var newest = segments[^1];
        var index = new SegmentIndex();
        var next = new Dictionary<int, long>(newest.StartPositions);
        var nextBase = newest.BasePosition;
        var time = newest.StartUnixMs;
        using var file = files.Disk.Open(newest.Path, writable: true);
        var length = file.Length;
        long end;
        using (var reader = new FrameReader(file, 0, length))
        {
            end = 0;
            while (reader.TryRead() && reader.Header.BasePosition == nextBase)
            {
                end = reader.Offset;
                time = reader.Header.TimeUnixMs;
                nextBase += reader.Header.RecordCount;
                if (reader.Header.Kind != FrameKind.Records)
                    continue;
                index.AddFrame(reader.Payload, reader.FrameOffset, time);
                Advance(next, reader.Payload);
            }
            if (UsedLength(file, end, length) is var used && end < used)
            {
                dropped += used - end;
                reason = $"{newest.Path} at byte {end}: {reader.Fault ?? "a frame out of its order"}";
            }
        }
        if (end < length)
        {
            file.SetLength(end);
            file.Flush();
        }
        files.Disk.SyncDirectory(files.Directory);
        segments[^1] = new Segment(files, newest.BasePosition, newest.StartPositions, newest.StartUnixMs, new DurablePosition(end), index);
        return new RecoveredLog(segments, next, nextBase, time, new RecoveryReport(nextBase - newest.BasePosition, dropped, reason));
    }

    /// <summary>A file's length without the zeros that it ends with, which were written ahead and never used; at least <paramref name="end"/>.</summary>
    private static long UsedLength(IDiskFile file, long end, long length)
    {
        var piece = new byte[64 * 1024];
        while (length > end)
        {
            var part = piece.AsSpan(0, (int)Math.Min(piece.Length, length - end));
            file.Read(part, length - part.Length);
            var last = part.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
                return length - part.Length + last + 1;
            length -= part.Length;
        }
        return end;
    }

    private static void Advance(Dictionary<int, long> next, ReadOnlySpan<byte> records)
    {
        while (records.Length > 0)
        {
            next[RecordFormat.Shard(records)] = RecordFormat.Position(records) + 1;
            records = records[RecordFormat.LengthOf(records)..];
        }
    }

    /// <summary>True when a whole frame of records stands anywhere in a segment: then its creation had finished, and its beginning was damaged later.</summary>
    private static bool HoldsRecords(SegmentFiles files, long basePosition)
    {
        using var file = files.Disk.Open(files.PathOf(basePosition), writable: false);
        using var reader = new FrameReader(file, 0, file.Length);
        var bytes = new byte[file.Length];
        var length = file.Read(bytes, 0);
        for (var at = FrameHeader.Find(bytes.AsSpan(0, length), 0); at >= 0; at = FrameHeader.Find(bytes.AsSpan(0, length), at + 1))
        {
            reader.Seek(at);
            if (reader.TryRead() && reader.Header.Kind == FrameKind.Records)
                return true;
        }
        return false;
    }

    private static long SetAside(SegmentFiles files, long basePosition)
    {
        var path = files.PathOf(basePosition);
        long length;
        using (var file = files.Disk.Open(path, writable: false))
            length = file.Length;
        files.Disk.Rename(path, path + ".damaged");
        files.Disk.SyncDirectory(files.Directory);
        return length;
    }
}
