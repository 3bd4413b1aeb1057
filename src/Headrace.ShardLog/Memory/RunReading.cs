using Headrace.Files;
using Headrace.ShardLog.Frames;

namespace Headrace.ShardLog.Memory;

/// <summary>Reads whole frames into memory of their own, each checked.</summary>
internal static class RunReading
{
    /// <summary>Frames of so many bytes get the kind of memory that is kept for large frames.</summary>
    private const int LargeBytes = 128 * 1024;

    /// <summary>Reads the frame at an offset and as many behind it as fit.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="offset">Where the first frame begins.</param>
    /// <param name="end">Where the last possible frame ends.</param>
    /// <param name="wanted">Bytes to read at once; the first frame may have more.</param>
    /// <param name="length">Bytes of the frames; 0 when the first one is damaged.</param>
    /// <param name="fault">What is wrong with the first one.</param>
    public static FrameMemory Read(IDiskFile file, long offset, long end, int wanted, out int length, out string? fault)
    {
        var memory = Rent((int)Math.Min(wanted, end - offset));
        var filled = file.Read(memory.Span[..(int)Math.Min(memory.Length, end - offset)], offset);
        var first = LengthAt(memory.Span[..filled]);
        if (first > filled && first <= end - offset)
            (memory, filled) = ReadOn(file, offset, memory, filled, first);
        length = Check(memory.Span[..filled], out fault);
        return memory;
    }

    private static (FrameMemory Memory, int Filled) ReadOn(IDiskFile file, long offset, FrameMemory memory, int filled, int first)
    {
        var larger = Rent(first);
        memory.Span[..filled].CopyTo(larger.Span);
        memory.Return();
        return (larger, filled + file.Read(larger.Span[filled..first], offset + filled));
    }

    private static FrameMemory Rent(int length) => FrameMemory.Rent(length, aligned: length >= LargeBytes);

    /// <summary>The length of the whole frame that begins here, as its header says; 0 where there is none.</summary>
    private static int LengthAt(ReadOnlySpan<byte> bytes) => FrameHeader.TryRead(bytes, out var header) ? FrameHeader.Length + header.PayloadLength : 0;

    /// <summary>Bytes of the whole frames that hold what their checksums say.</summary>
    private static int Check(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        var at = 0;
        while (at < bytes.Length)
        {
            var rest = bytes[at..];
            if (!FrameHeader.TryRead(rest, out var header))
                fault = "there is no frame header";
            else if (FrameHeader.Length + header.PayloadLength > rest.Length)
                fault = "the file ends inside a frame";
            else if (!header.Matches(rest))
                fault = "a frame fails its checksum";
            if (fault is not null)
                break;
            at += FrameHeader.Length + header.PayloadLength;
        }
        // Behind the first frame, a bad one is for the next read to find.
        if (at > 0)
            fault = null;
        return at;
    }
}
