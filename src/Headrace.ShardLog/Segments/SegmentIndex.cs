using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Headrace.ShardLog.Segments;

/// <summary>A place where a shard's records can be picked up.</summary>
/// <param name="Position">The shard's first position in the frame.</param>
/// <param name="Offset">Where the frame begins.</param>
/// <param name="TimeUnixMs">The frame's time.</param>
internal readonly record struct IndexEntry(long Position, long Offset, long TimeUnixMs);

/// <summary>
/// Where each shard's records are in one segment: for a shard, a frame has an entry unless one stands less than
/// <see cref="Window"/> bytes before it. So from an entry on, a reader scans one window, then jumps to the next entry, and never
/// reads far through other shards' records. Thread-safe.
/// </summary>
internal sealed class SegmentIndex
{
    public const int Window = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<IndexEntry>> _shards = [];

    /// <summary>What ended the index early, when it was rebuilt from a damaged segment; null for a whole one.</summary>
    public string? Damage { get; set; }

    /// <summary>Notes that a frame holds records of a shard; frames come in order.</summary>
    public void Add(int shard, IndexEntry entry)
    {
        lock (_lock)
        {
            ref var entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_shards, shard, out _);
            entries ??= [];
            if (entries.Count == 0 || entry.Offset - entries[^1].Offset >= Window)
                entries.Add(entry);
        }
    }

    /// <summary>Notes every shard of a frame's records.</summary>
    public void AddFrame(ReadOnlySpan<byte> records, long offset, long timeUnixMs)
    {
        var last = -1;
        while (records.Length > 0)
        {
            var shard = RecordFormat.Shard(records);
            if (shard != last)
                Add(shard, new IndexEntry(RecordFormat.Position(records), offset, timeUnixMs));
            last = shard;
            records = records[RecordFormat.LengthOf(records)..];
        }
    }

    /// <summary>The number of the entry from which a position can be reached; -1 when the segment has none of the shard's records.</summary>
    public int SeekPosition(int shard, long position) => Seek(shard, entry => entry.Position <= position);

    /// <summary>The number of the entry from which the first record at or after a time can be reached.</summary>
    public int SeekTime(int shard, long unixMs) => Seek(shard, entry => entry.TimeUnixMs < unixMs);

    /// <summary>An entry by its number; false beyond the last.</summary>
    public bool TryGet(int shard, int number, out IndexEntry entry)
    {
        lock (_lock)
        {
            var found = _shards.TryGetValue(shard, out var entries) && number < entries.Count;
            entry = found ? entries![number] : default;
            return found;
        }
    }

    /// <summary>The entries' bytes, for the file beside a closed segment.</summary>
    public byte[] ToBytes()
    {
        lock (_lock)
        {
            var bytes = new byte[_shards.Sum(shard => 8 + (24 * shard.Value.Count))];
            var at = bytes.AsSpan();
            foreach (var (shard, entries) in _shards)
            {
                BinaryPrimitives.WriteInt32LittleEndian(at, shard);
                BinaryPrimitives.WriteInt32LittleEndian(at[4..], entries.Count);
                at = at[8..];
                foreach (var entry in entries)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(at, entry.Position);
                    BinaryPrimitives.WriteInt64LittleEndian(at[8..], entry.Offset);
                    BinaryPrimitives.WriteInt64LittleEndian(at[16..], entry.TimeUnixMs);
                    at = at[24..];
                }
            }
            return bytes;
        }
    }

    public static SegmentIndex FromBytes(ReadOnlySpan<byte> bytes)
    {
        var index = new SegmentIndex();
        while (bytes.Length > 0)
        {
            var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            var entries = new List<IndexEntry>(count);
            index._shards[BinaryPrimitives.ReadInt32LittleEndian(bytes)] = entries;
            bytes = bytes[8..];
            for (var left = count; left > 0; left--)
            {
                entries.Add(new IndexEntry(
                    BinaryPrimitives.ReadInt64LittleEndian(bytes),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])));
                bytes = bytes[24..];
            }
        }
        return index;
    }

    /// <summary>The last entry for which <paramref name="isBefore"/> holds, or the first one.</summary>
    private int Seek(int shard, Func<IndexEntry, bool> isBefore)
    {
        lock (_lock)
        {
            if (!_shards.TryGetValue(shard, out var entries))
                return -1;
            int low = 0, high = entries.Count - 1;
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (isBefore(entries[middle]))
                    low = middle;
                else
                    high = middle - 1;
            }
            return low;
        }
    }
}
