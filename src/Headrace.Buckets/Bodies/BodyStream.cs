namespace Headrace.Buckets.Bodies;

/// <summary>What is written to it goes to a <see cref="BodyWriter"/>, which stays its owner's and is flushed when the store takes it. Not thread-safe.</summary>
public sealed class BodyStream(BodyWriter body) : OneWayStream(isRead: false)
{
    private long _position;

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
}
