using System.Buffers.Binary;
using Headrace.Buckets.Bodies;
using Snappier;

namespace Headrace.Delivery.Destinations;

/// <summary>
/// Packs what is written to it in Snappy's blocks, each as long as it can be and after its length. The target stays its owner's; the last block is
/// written when this is disposed of. Not thread-safe.
/// </summary>
/// <param name="target">Takes the blocks.</param>
/// <param name="blockLength">Plain bytes of a block.</param>
/// <param name="withPlainLength">Whether the plain length stands before a block, as Hadoop has it.</param>
internal sealed class SnappyBlockWriter(Stream target, int blockLength, bool withPlainLength) : OneWayStream(isRead: false)
{
    private readonly byte[] _plain = new byte[blockLength];
    private readonly byte[] _block = new byte[Snappy.GetMaxCompressedLength(blockLength)];
    private int _filled;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var next = buffer[..Math.Min(buffer.Length, blockLength - _filled)];
            next.CopyTo(_plain.AsSpan(_filled));
            _filled += next.Length;
            buffer = buffer[next.Length..];
            if (_filled == blockLength)
                WriteBlock();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _filled > 0)
            WriteBlock();
        base.Dispose(disposing);
    }

    private void WriteBlock()
    {
        var length = Snappy.Compress(_plain.AsSpan(0, _filled), _block);
        if (withPlainLength)
            WriteNumber(_filled);
        WriteNumber(length);
        target.Write(_block.AsSpan(0, length));
        _filled = 0;
    }

    private void WriteNumber(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        target.Write(bytes);
    }
}
