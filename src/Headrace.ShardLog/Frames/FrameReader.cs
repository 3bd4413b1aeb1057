using System.Buffers;
using Headrace.Files;

namespace Headrace.ShardLog.Frames;

/// <summary>Reads a segment's frames one after another through a pooled buffer, each checked before it is shown. Not thread-safe.</summary>
internal sealed class FrameReader(IDiskFile file, long offset, long end) : IDisposable
{
    private const int ReadAhead = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
    private int _start;
    private int _filled;

    /// <summary>Where the next frame begins, or the bad one that stopped the reader.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Where the frame that was read last begins.</summary>
    public long FrameOffset { get; private set; }

    public FrameHeader Header { get; private set; }

    /// <summary>The payload of the frame that was read last; valid until the next read.</summary>
    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_start - Header.PayloadLength, Header.PayloadLength);

    /// <summary>What is wrong at <see cref="Offset"/>; null at a clean end.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the next frame; false at the end or at a bad frame.</summary>
    public bool TryRead()
    {
        if (Offset >= end)
            return false;
        if (!TryFill(FrameHeader.Length))
            return Stop("the file ends inside a frame's header");
        if (!FrameHeader.TryRead(_buffer.AsSpan(_start, FrameHeader.Length), out var header))
            return Stop("there is no frame header");
        var length = FrameHeader.Length + header.PayloadLength;
        if (!TryFill(length))
            return Stop("the file ends inside a frame");
        if (!header.Matches(_buffer.AsSpan(_start, length)))
            return Stop("a frame fails its checksum");
        Header = header;
        FrameOffset = Offset;
        _start += length;
        Offset += length;
        return true;
    }

    /// <summary>Goes on at another frame's beginning.</summary>
    public void Seek(long frameOffset)
    {
        var ahead = frameOffset - Offset;
        if (ahead >= 0 && ahead <= _filled - _start)
            _start += (int)ahead;
        else
            _start = _filled = 0;
        Offset = frameOffset;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool Stop(string fault)
    {
        Fault = fault;
        return false;
    }

    /// <summary>Has at least so many bytes of the current frame in the buffer; false where the file has fewer.</summary>
    private bool TryFill(int length)
    {
        if (_filled - _start >= length)
            return true;
        if (Offset + length > end)
            return false;
        if (_start + length > _buffer.Length)
            MakeRoom(length);
        var want = (int)Math.Min(_buffer.Length - _filled, end - (Offset + (_filled - _start)));
        _filled += file.Read(_buffer.AsSpan(_filled, want), Offset + (_filled - _start));
        return _filled - _start >= length;
    }

    private void MakeRoom(int length)
    {
        var kept = _filled - _start;
        var target = length > _buffer.Length ? ArrayPool<byte>.Shared.Rent(length) : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        if (!ReferenceEquals(target, _buffer))
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }
        _start = 0;
        _filled = kept;
    }
}
