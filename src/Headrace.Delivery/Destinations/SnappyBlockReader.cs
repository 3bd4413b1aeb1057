using System.Buffers.Binary;
using Headrace.Buckets.Bodies;
using Snappier;

namespace Headrace.Delivery.Destinations;

/// <summary>Unpacks what a <see cref="SnappyBlockWriter"/> wrote. The source stays its owner's. Not thread-safe.</summary>
/// <param name="source">Has the blocks.</param>
/// <param name="withPlainLength">Whether the plain length stands before a block.</param>
internal sealed class SnappyBlockReader(Stream source, bool withPlainLength) : OneWayStream(isRead: true)
{
    private byte[] _block = [];
    private byte[] _plain = [];
    private int _length;
    private int _read;

    /// <exception cref="InvalidDataException">Something else stands there.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_read == _length)
        {
            if (!ReadBlock())
                return 0;
        }
        var count = Math.Min(buffer.Length, _length - _read);
        _plain.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    private bool ReadBlock()
    {
        if (ReadNumber() is not { } number)
            return false;
        var length = withPlainLength ? ReadNumber() ?? throw new EndOfStreamException() : number;
        if (_block.Length < length)
            _block = new byte[length];
        source.ReadExactly(_block, 0, length);
        _length = Snappy.GetUncompressedLength(_block.AsSpan(0, length));
        if (withPlainLength && _length != number)
            throw new InvalidDataException($"A block of {number} bytes has {_length}.");
        if (_plain.Length < _length)
            _plain = new byte[_length];
        _read = 0;
        _length = Snappy.Decompress(_block.AsSpan(0, length), _plain);
        return true;
    }

    /// <summary>Null at the end.</summary>
    private int? ReadNumber()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        var read = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read == 0)
            return null;
        var number = read == bytes.Length ? BinaryPrimitives.ReadInt32BigEndian(bytes) : -1;
        return number >= 0 ? number : throw new InvalidDataException("There is no block where one should be.");
    }
}
