namespace Headrace.Buckets.Bodies;

/// <summary>What is written to it goes to a <see cref="BodyWriter"/>, which stays its owner's. Not thread-safe.</summary>
public sealed class BodyStream(BodyWriter body) : Stream
{
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _position;

    /// <summary>How many bytes were written.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="BucketsException">The disk is full or refuses.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        body.Write(buffer);
        _position += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Nothing waits in it; the store flushes the body when it takes it.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
