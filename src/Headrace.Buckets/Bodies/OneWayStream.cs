namespace Headrace.Buckets.Bodies;

/// <summary>
/// A stream that is only read, or only written, from its beginning to its end: a stream has ten members to say so. Who derives from it overrides
/// <see cref="Read(Span{byte})"/> or <see cref="Write(ReadOnlySpan{byte})"/>.
/// </summary>
/// <param name="isRead">Whether it is read; otherwise it is written.</param>
public abstract class OneWayStream(bool isRead) : Stream
{
    public sealed override bool CanRead => isRead;

    public sealed override bool CanWrite => !isRead;

    public sealed override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing unless it is overridden.</summary>
    public override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
