using Headrace.ShardLog.Frames;
using Headrace.ShardLog.Memory;
using Headrace.ShardLog.Segments;

namespace Headrace.ShardLog;

// Reading: by the index to the frames, in memory or on disk.
public sealed partial class SegmentedLog
{
    public ValueTask ReadAsync(int shard, long from, ReadLimits limits, RecordPage page, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRecords, 1);
        cancellation.ThrowIfCancellationRequested();
        while (true)
        {
            var (extent, segments) = Look(shard);
            try
            {
                Read(extent, segments, shard, from, limits, page);
                return ValueTask.CompletedTask;
            }
            catch (FileNotFoundException missing)
            {
                ThrowUnlessTrimmed(segments, missing);
            }
        }
    }

    public ValueTask<long> FindAsync(int shard, long unixMilliseconds, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        while (true)
        {
            var (extent, segments) = Look(shard);
            try
            {
                return ValueTask.FromResult(Find(extent, segments, shard, unixMilliseconds));
            }
            catch (FileNotFoundException missing)
            {
                ThrowUnlessTrimmed(segments, missing);
            }
        }
    }

    private (ShardExtent Extent, Segment[] Segments) Look(int shard)
    {
        lock (_lock)
            return (ExtentOf(shard), _segments);
    }

    /// <summary>A segment may have been trimmed between looking it up and opening it: then another look helps.</summary>
    private void ThrowUnlessTrimmed(Segment[] segments, FileNotFoundException missing)
    {
        lock (_lock)
        {
            if (_segments[0] == segments[0])
                throw new LogDamagedException($"A segment is missing: {missing.Message}");
        }
    }

    private void Read(ShardExtent extent, Segment[] segments, int shard, long from, ReadLimits limits, RecordPage page)
    {
        page.Clear();
        from = Math.Max(from, extent.First);
        page.NextPosition = from;
        page.End = extent.End;
        if (from < extent.End)
            ReadSegments(segments, shard, from, extent.End, limits, page);
    }

    private void ReadSegments(Segment[] segments, int shard, long from, long end, ReadLimits limits, RecordPage page)
    {
        string? damage = null;
        for (var i = SegmentWith(segments, shard, from); i < segments.Length && page.NextPosition < end; i++)
        {
            if (!ReadSegment(segments[i], shard, end, limits, page) || page.Count > 0)
                break;
            damage ??= segments[i].Index.Damage;
        }
        if (page.Count == 0)
            throw new LogDamagedException($"{_files.Directory} lacks the records of shard {shard} from position {from} on. {damage}".TrimEnd());
    }

    /// <summary>Adds the shard's records from the page's next position on; false when a limit was reached.</summary>
    private static bool ReadSegment(Segment segment, int shard, long end, ReadLimits limits, RecordPage page)
    {
        var number = segment.Index.SeekPosition(shard, page.NextPosition);
        if (number < 0)
            return true;
        using var reader = new FrameWalk(segment);
        for (; segment.Index.TryGet(shard, number, out var entry); number++)
        {
            reader.Seek(entry.Offset);
            while (reader.Offset < entry.Offset + SegmentIndex.Window && reader.TryRead())
            {
                if (reader.Header.Kind == FrameKind.Records && !RecordScan.Add(reader.Payload, shard, page.NextPosition, end, reader.Header.TimeUnixMs, limits, page))
                    return false;
            }
            if (reader.Fault is { } fault)
            {
                // What was read before the damage is whole and is given; the next read begins at the damage and throws.
                return page.Count > 0 ? false : throw new LogDamagedException($"{segment.Path} is damaged at byte {reader.Offset}: {fault}.");
            }
        }
        return true;
    }

    private static long Find(ShardExtent extent, Segment[] segments, int shard, long unixMs)
    {
        foreach (var segment in segments.Skip(Math.Max(0, Array.FindLastIndex(segments, segment => segment.StartUnixMs < unixMs))))
        {
            if (FindInSegment(segment, shard, unixMs) is { } position)
                return Math.Clamp(position, extent.First, extent.End);
        }
        return extent.End;
    }

    private static long? FindInSegment(Segment segment, int shard, long unixMs)
    {
        var number = segment.Index.SeekTime(shard, unixMs);
        if (number < 0)
            return null;
        using var reader = new FrameWalk(segment);
        for (; segment.Index.TryGet(shard, number, out var entry); number++)
        {
            reader.Seek(entry.Offset);
            while (reader.Offset < entry.Offset + SegmentIndex.Window && reader.TryRead())
            {
                if (reader.Header.Kind == FrameKind.Records && reader.Header.TimeUnixMs >= unixMs && FirstOf(reader.Payload, shard) is { } position)
                    return position;
            }
            if (reader.Fault is { } fault)
                throw new LogDamagedException($"{segment.Path} is damaged at byte {reader.Offset}: {fault}.");
        }
        return null;
    }

    private static long? FirstOf(ReadOnlySpan<byte> records, int shard)
    {
        while (records.Length > 0)
        {
            if (RecordFormat.Shard(records) == shard)
                return RecordFormat.Position(records);
            records = records[RecordFormat.LengthOf(records)..];
        }
        return null;
    }

    /// <summary>The last segment that begins at or before a position of the shard.</summary>
    private static int SegmentWith(Segment[] segments, int shard, long position)
    {
        int low = 0, high = segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (segments[middle].StartOf(shard) <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }
}
