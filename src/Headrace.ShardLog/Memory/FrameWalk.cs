using Headrace.ShardLog.Frames;
using Headrace.ShardLog.Segments;

namespace Headrace.ShardLog.Memory;

/// <summary>Goes through a segment's durable frames, in memory where they are. Not thread-safe; disposing lets go of the memory.</summary>
internal sealed class FrameWalk(Segment segment) : IDisposable
{
    private readonly DurablePosition _end = segment.Durable;
    private FrameRun? _run;

    /// <summary>Where the next frame begins, or the bad one at which it ended.</summary>
    public long Offset { get; private set; }

    public FrameHeader Header { get; private set; }

    /// <summary>The payload of the frame that was read last; valid until the next read.</summary>
    public ReadOnlySpan<byte> Payload => _run is null ? [] : _run.From(Offset - Header.PayloadLength)[..Header.PayloadLength];

    /// <summary>What is wrong at <see cref="Offset"/>; null at a clean end.</summary>
    public string? Fault { get; private set; }

    /// <summary>Goes on at another frame's beginning.</summary>
    public void Seek(long frameOffset) => Offset = frameOffset;

    /// <summary>Reads the next frame; false at the end or at a bad frame.</summary>
    public bool TryRead()
    {
        if (Offset >= _end.Bytes)
            return false;
        if (_run?.Holds(Offset) is not true)
        {
            Dispose();
            _run = segment.Runs.Take(Offset, _end, out var fault);
            Fault = fault;
        }
        if (_run is null || !FrameHeader.TryRead(_run.From(Offset), out var header))
            return false;
        Header = header;
        Offset += FrameHeader.Length + header.PayloadLength;
        return true;
    }

    public void Dispose()
    {
        _run?.LetGo();
        _run = null;
    }
}
