namespace Headrace.ShardLog.Memory;

/// <summary>
/// Whole, checked, durable frames of one segment that follow one another, in pooled memory until the last user lets go of them. The
/// newest run of a segment still grows. Thread-safe; only its owner appends.
/// </summary>
internal sealed class FrameRun
{
    private readonly FrameMemory _memory;
    private int _length;
    private int _users = 1;

    /// <param name="owner">Whose run it is.</param>
    /// <param name="memory">Memory that begins with the frames; the run's from now on.</param>
    /// <param name="start">Where the first frame begins in the segment.</param>
    /// <param name="length">Bytes of the frames.</param>
    public FrameRun(SegmentRuns owner, FrameMemory memory, long start, int length)
    {
        Owner = owner;
        Start = start;
        Node = new LinkedListNode<FrameRun>(this);
        _memory = memory;
        _length = length;
    }

    public SegmentRuns Owner { get; }

    /// <summary>Its place among all that are kept.</summary>
    public LinkedListNode<FrameRun> Node { get; }

    public long Start { get; }

    public long End => Start + Volatile.Read(ref _length);

    /// <summary>Bytes of memory that it takes.</summary>
    public int Capacity => _memory.Length;

    public bool Holds(long offset) => offset >= Start && offset < End;

    /// <summary>The frames from one on that begins at an offset in the segment.</summary>
    public ReadOnlySpan<byte> From(long offset) => _memory.Span[(int)(offset - Start)..Volatile.Read(ref _length)];

    /// <summary>Adds what follows; false where there is no room.</summary>
    public bool TryAppend(ReadOnlySpan<byte> frames)
    {
        if (frames.Length > Capacity - _length)
            return false;
        frames.CopyTo(_memory.Span[_length..]);
        Volatile.Write(ref _length, _length + frames.Length);
        return true;
    }

    public void Use() => Interlocked.Increment(ref _users);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _memory.Return();
    }
}
