using Headrace.ShardLog.Frames;
using Headrace.ShardLog.Memory;

namespace Headrace.ShardLog.Committing;

/// <summary>
/// The frame that is being filled: records behind room for the header, and the batches that wait for it. Guarded by the
/// log's lock while it fills; the committer's own afterwards.
/// </summary>
internal sealed class CommitBuffer(int directBytes)
{
    /// <summary>Room behind an aligned frame for the padding that fills its last block.</summary>
    private const int PaddingRoom = 2 * FrameMemory.Alignment;

    private FrameMemory _memory;
    private int _lastLength;

    /// <summary>The batches whose records are in it, in order.</summary>
    public List<RecordBatch> Batches { get; } = [];

    /// <summary>Each shard's records in the frame.</summary>
    public List<ShardSpan> Shards { get; } = [];

    /// <summary>Bytes of header and records.</summary>
    public int Length { get; private set; } = FrameHeader.Length;

    public int RecordCount { get; private set; }

    /// <summary>Where it was written in its segment; negative until then.</summary>
    public long Offset { get; set; } = -1;

    /// <summary>When it was written.</summary>
    public long TimeUnixMs { get; set; }

    public bool IsEmpty => RecordCount == 0;

    public Span<byte> Frame => _memory.Span[..Length];

    /// <summary>True when the frame is large enough to be written past the system's cache, and lies where that is possible.</summary>
    public bool IsDirect => Length >= directBytes && _memory.IsAligned;

    /// <summary>The frame, and behind it a padding frame that ends with the block.</summary>
    public Span<byte> PaddedFrame(long nextBase, long timeUnixMs)
    {
        var padding = Padding.LengthAt(Length);
        var padded = _memory.Span[..(Length + padding)];
        if (padding > 0)
            Padding.Write(padded[Length..], nextBase, timeUnixMs);
        return padded;
    }

    /// <summary>Makes sure that a batch's records fit.</summary>
    public void EnsureRoom(RecordBatch batch)
    {
        var needed = Length + batch.Bytes.Length;
        if (needed > _memory.Length - (_memory.IsAligned ? PaddingRoom : 0))
            Grow(needed);
    }

    /// <summary>Takes a batch's records, whose positions are set and for which there is room.</summary>
    public void Add(RecordBatch batch)
    {
        var records = batch.Bytes;
        records.CopyTo(_memory.Span[Length..]);
        Length += records.Length;
        RecordCount += batch.Count;
        Batches.Add(batch);
    }

    /// <summary>Notes a record's shard and position.</summary>
    public void Note(int shard, long position)
    {
        // A frame's records come from few shards, most often in runs.
        for (var i = Shards.Count - 1; i >= 0; i--)
        {
            if (Shards[i].Shard == shard)
            {
                Shards[i] = Shards[i] with { End = position + 1 };
                return;
            }
        }
        Shards.Add(new ShardSpan(shard, position, position + 1));
    }

    /// <summary>True when its memory is worth handing over rather than copying from.</summary>
    public bool IsLarge => _memory.IsAligned;

    /// <summary>Bytes of the frame and of the padding that was written with it.</summary>
    public int WrittenLength { get; set; }

    /// <summary>Hands its memory over; the buffer is empty then.</summary>
    public FrameMemory TakeMemory()
    {
        var memory = _memory;
        _memory = default;
        _lastLength = Length;
        return memory;
    }

    /// <summary>Makes it ready for the next frame.</summary>
    public void Clear()
    {
        TakeMemory().Return();
        Batches.Clear();
        Shards.Clear();
        Length = FrameHeader.Length;
        RecordCount = 0;
        Offset = -1;
        WrittenLength = 0;
    }

    private void Grow(int needed)
    {
        var aligned = needed >= directBytes;
        // Under load one frame is as large as the one before, so it need not grow step by step.
        var likely = _memory.Length > 0 ? _memory.Length * 2 : aligned ? Math.Min(_lastLength, needed * 8) : 0;
        var wanted = Math.Max(needed, Math.Min(likely, SegmentedLog.MaxFrameBytes));
        var larger = FrameMemory.Rent(aligned ? wanted + PaddingRoom : wanted, aligned);
        if (_memory.Length > 0)
            Frame.CopyTo(larger.Span);
        _memory.Return();
        _memory = larger;
    }
}

/// <summary>One shard's positions in a frame: from <see cref="First"/> to before <see cref="End"/>.</summary>
internal readonly record struct ShardSpan(int Shard, long First, long End);
