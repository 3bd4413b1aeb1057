using System.Buffers;

namespace Headrace.ShardLog.Committing;

/// <summary>
/// The frame that is being filled: records behind room for the header, and the batches that wait for it. Guarded by the
/// log's lock while it fills; the committer's own afterwards.
/// </summary>
internal sealed class CommitBuffer
{
    private byte[] _bytes = [];

    /// <summary>The batches whose records are in it, in order.</summary>
    public List<RecordBatch> Batches { get; } = [];

    /// <summary>Each shard's records in the frame.</summary>
    public List<ShardSpan> Shards { get; } = [];

    /// <summary>Bytes of header and records.</summary>
    public int Length { get; private set; } = Frames.FrameHeader.Length;

    public int RecordCount { get; private set; }

    /// <summary>Where it was written in its segment; negative until then.</summary>
    public long Offset { get; set; } = -1;

    /// <summary>When it was written.</summary>
    public long TimeUnixMs { get; set; }

    public bool IsEmpty => RecordCount == 0;

    public Span<byte> Frame => _bytes.AsSpan(0, Length);

    /// <summary>Makes sure that a batch's records fit.</summary>
    public void EnsureRoom(RecordBatch batch)
    {
        if (Length + batch.Bytes.Length > _bytes.Length)
            Grow(Length + batch.Bytes.Length);
    }

    /// <summary>Takes a batch's records, whose positions are set and for which there is room.</summary>
    public void Add(RecordBatch batch)
    {
        var records = batch.Bytes;
        records.CopyTo(_bytes.AsSpan(Length));
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

    /// <summary>Hands its memory over; the buffer is empty then.</summary>
    public byte[] TakeBytes()
    {
        var bytes = _bytes;
        _bytes = [];
        return bytes;
    }

    /// <summary>Makes it ready for the next frame.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Batches.Clear();
        Shards.Clear();
        Length = Frames.FrameHeader.Length;
        RecordCount = 0;
        Offset = -1;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min(_bytes.Length * 2, SegmentedLog.MaxFrameBytes)));
        _bytes.AsSpan(0, _bytes.Length == 0 ? 0 : Length).CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

/// <summary>One shard's positions in a frame: from <see cref="First"/> to before <see cref="End"/>.</summary>
internal readonly record struct ShardSpan(int Shard, long First, long End);
