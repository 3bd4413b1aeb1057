using Headrace.Files;

namespace Headrace.ShardLog.Segments;

/// <summary>
/// Zeros written behind a segment's end, ahead of the frames that will stand there. A flush of what overwrites them concerns no more
/// than its own blocks; one that lets the file grow waits for the file system's journal, and so for whatever others are writing.
/// For small frames only: large ones are written faster than twice. The committer's own.
/// </summary>
internal struct ZeroAhead
{
    /// <summary>As much is prepared as the segment has, within these bounds: seldom for busy streams, little for the others.</summary>
    private const int Least = 64 * 1024;

    private const int Most = 1024 * 1024;

    private static readonly byte[] Zeros = new byte[Most];

    private long _preparedEnd;

    /// <summary>Prepares further space once a frame has used up what there was.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="end">Where the frame that was written last ends.</param>
    /// <param name="segmentBytes">Where the segment is full.</param>
    /// <exception cref="IOException">The disk refuses, other than for lack of space.</exception>
    public void Prepare(IDiskFile file, long end, long segmentBytes)
    {
        if (end <= _preparedEnd)
            return;
        var length = (int)Math.Min(Math.Clamp(end, Least, Most), segmentBytes - end);
        _preparedEnd = end + Math.Max(0, length);
        if (length <= 0)
            return;
        try
        {
            file.Write(Zeros.AsSpan(0, length), end);
        }
        catch (IOException failure) when (DiskException.MeansDiskFull(failure))
        {
            // The last bytes are for records.
            _preparedEnd = long.MaxValue;
        }
    }
}
