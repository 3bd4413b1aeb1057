namespace Headrace.Protocol.Aggregation;

/// <summary>Reads the fields of a protobuf message one after another; every method is false where the message breaks off or is none.</summary>
internal ref struct ProtobufReader(ReadOnlyMemory<byte> message)
{
    private const int WireTypeBits = 7;

    private readonly ReadOnlyMemory<byte> _message = message;
    private readonly ReadOnlySpan<byte> _span = message.Span;
    private int _at;

    public readonly bool AtEnd => _at == _span.Length;

    /// <summary>A field's number and wire type.</summary>
    public bool TryReadTag(out uint tag)
    {
        var read = TryReadVarint(out var value) && value <= uint.MaxValue && value >> 3 != 0;
        tag = read ? (uint)value : 0;
        return read;
    }

    /// <summary>A number that is to point into a list.</summary>
    public bool TryReadIndex(out int index)
    {
        var read = TryReadVarint(out var value) && value <= int.MaxValue;
        index = read ? (int)value : 0;
        return read;
    }

    /// <summary>What has its length before it.</summary>
    public bool TryReadBytes(out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (!TryReadVarint(out var length) || length > (ulong)(_span.Length - _at))
            return false;
        content = _message.Slice(_at, (int)length);
        _at += (int)length;
        return true;
    }

    /// <summary>Passes over a field that means nothing here.</summary>
    public bool TrySkip(uint tag) => (tag & WireTypeBits) switch
    {
        0 => TryReadVarint(out _),
        1 => TryAdvance(sizeof(ulong)),
        2 => TryReadBytes(out _),
        5 => TryAdvance(sizeof(uint)),
        _ => false,
    };

    private bool TryAdvance(int bytes)
    {
        if (_span.Length - _at < bytes)
            return false;
        _at += bytes;
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == _span.Length)
                return false;
            var next = _span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }
        return false;
    }
}
