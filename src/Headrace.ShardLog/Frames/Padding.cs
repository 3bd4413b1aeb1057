using Headrace.ShardLog.Memory;

namespace Headrace.ShardLog.Frames;

/// <summary>Frames without meaning, which fill a segment up to the next multiple of 4,096 bytes.</summary>
internal static class Padding
{
    /// <summary>Bytes of the padding that is needed at an offset; 0 at a multiple.</summary>
    public static int LengthAt(long offset)
    {
        var rest = (int)(-offset & (FrameMemory.Alignment - 1));
        // A padding frame has at least a header.
        return rest == 0 || rest >= FrameHeader.Length ? rest : rest + FrameMemory.Alignment;
    }

    /// <summary>Fills a span with one padding frame.</summary>
    public static void Write(Span<byte> frame, long nextBase, long timeUnixMs)
    {
        frame.Clear();
        new FrameHeader(FrameKind.Padding, frame.Length - FrameHeader.Length, 0, nextBase, timeUnixMs).Write(frame);
    }
}
