namespace Headrace.Files;

/// <summary>An open file. Reads may run beside one another and beside one writer.</summary>
public interface IDiskFile : IDisposable
{
    string Path { get; }

    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Reads up to <paramref name="buffer"/>'s length at <paramref name="offset"/>; fewer bytes only at the file's end.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all bytes at <paramref name="offset"/>, growing the file as needed.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>
    /// Writes as <see cref="Write"/> does, but past the system's cache where the file system can. The offset, the length and the
    /// address of the bytes, which must lie still, are multiples of 4096.
    /// </summary>
    void WriteDirect(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>
    /// Has the disk begin with bytes that were written, so that a later <see cref="Flush"/> finds less to do. Promises nothing: a failure
    /// shows in that flush.
    /// </summary>
    void BeginFlush(long offset, long length)
    {
    }

    /// <summary>
    /// Makes the bytes written so far durable (fdatasync). A failure is thrown, never hidden; what was written since the
    /// last success must then be taken as lost, since the kernel may have dropped the pages: do not flush again.
    /// </summary>
    void Flush();

    /// <summary>
    /// Has later reads come from the disk and not from memory, as far as the bytes are flushed: after a failed flush, memory may
    /// hold bytes that the disk never took.
    /// </summary>
    void ForgetCached();

    void SetLength(long length);

    /// <summary>Reserves disk space up to <paramref name="length"/> bytes without changing <see cref="Length"/>, where the file system can.</summary>
    void Reserve(long length);
}
