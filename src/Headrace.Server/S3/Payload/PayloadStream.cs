using System.Buffers;
using Headrace.Buckets.Bodies;

namespace Headrace.Server.S3.Payload;

/// <summary>
/// A body that is checked while it is read: forward only, asynchronous only. The read that finds a fault throws
/// <see cref="S3Exception"/>, and so does every later one; the read that gives 0 has checked everything.
/// </summary>
internal abstract class PayloadStream(UploadReader upload) : OneWayStream(isRead: true)
{
    private S3Exception? _failure;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_failure is not null)
            throw new S3Exception(_failure.Status, _failure.Code, _failure.Message, _failure) { Details = _failure.Details };
        if (_ended || buffer.IsEmpty)
            return 0;
        try
        {
            while (true)
            {
                var read = await upload.ReadAsync(cancellationToken);
                var written = Take(read.Buffer, read.IsCompleted, buffer.Span);
                if (written > 0)
                    return written;
                if (read.IsCompleted)
                {
                    _ended = true;
                    return 0;
                }
            }
        }
        catch (S3Exception failure)
        {
            _failure = failure;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("A request's body is read asynchronously.");

    /// <summary>Decodes from the front of <paramref name="wire"/>, and cuts off there what it used up.</summary>
    /// <param name="wire">The bytes that have come and are not used up yet; those it leaves come again.</param>
    /// <param name="buffer">Where the body's bytes go.</param>
    /// <returns>How many bytes of the body were written.</returns>
    protected abstract int Decode(ref ReadOnlySequence<byte> wire, Span<byte> buffer);

    /// <summary>Checks what can be checked when the upload has ended.</summary>
    /// <param name="left">Bytes that <see cref="Decode"/> could make nothing of.</param>
    protected abstract void CheckEnd(long left);

    private int Take(ReadOnlySequence<byte> wire, bool last, Span<byte> buffer)
    {
        var end = wire.End;
        var left = wire;
        var written = 0;
        try
        {
            written = Decode(ref left, buffer);
            if (last && written == 0)
                CheckEnd(left.Length);
            return written;
        }
        finally
        {
            // What is left after a read that gave bytes may be decodable at once: it doesn't count as examined.
            upload.AdvanceTo(left.Start, written > 0 ? left.Start : end);
        }
    }
}
