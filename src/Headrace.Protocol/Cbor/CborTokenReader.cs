using System.Buffers;
using System.Buffers.Binary;

namespace Headrace.Protocol.Cbor;

/// <summary>
/// Reads CBOR (RFC 8949) item by item over bytes in place; nothing is allocated and nothing thrown. What AWS's SDKs write and
/// what is harmless beside it is understood: definite and indefinite lengths, all widths of numbers, any tags but those of big
/// numbers. Anything else, and what ends too early, is malformed.
/// </summary>
public ref struct CborTokenReader(ReadOnlySpan<byte> bytes)
{
    private const int Indefinite = 31;
    private const int DeepestSkipped = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>The item that was read last.</summary>
    public CborToken Token { get; private set; }

    /// <summary>An unsigned item's value; a negative one's is <c>-1 - Argument</c>; how many items or pairs a container has.</summary>
    public ulong Argument { get; private set; }

    /// <summary>Whether the string or container ends with a break instead of having a length.</summary>
    public bool IsIndefinite { get; private set; }

    /// <summary>A floating-point item's value.</summary>
    public double Number { get; private set; }

    /// <summary>A string's bytes, where it has a length. Whether text is UTF-8 is not known.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _at == _bytes.Length;

    /// <summary>The container whose head was just read.</summary>
    public readonly CborContainer Container => new(Argument, IsIndefinite);

    /// <summary>Reads the next item's head, and the content of strings that have a length. False: malformed.</summary>
    public bool TryRead()
    {
        var tagged = false;
        while (true)
        {
            if (!TryReadHead(out var major, out var detail))
                return false;
            if (major == 6)
            {
                // 2 and 3 are numbers of any size.
                if (IsIndefinite || Argument is 2 or 3)
                    return false;
                tagged = true;
                continue;
            }
            return TryReadItem(major, detail) && !(tagged && Token == CborToken.Break);
        }
    }

    /// <summary>Reads a container's next item (of a map: the next key), or finds that it has ended. False: malformed.</summary>
    public bool TryReadNext(ref CborContainer container, out bool ended)
    {
        ended = !container.Indefinite && container.Left == 0;
        if (ended)
            return true;
        container.Left--;
        if (!TryRead())
            return false;
        ended = Token == CborToken.Break;
        return !ended || container.Indefinite;
    }

    /// <summary>Appends the pieces of the indefinite string whose head was just read. False: malformed.</summary>
    public bool TryReadPieces(PooledBuffer into)
    {
        var kind = Token;
        while (TryReadHead(out var major, out var detail) && TryReadItem(major, detail))
        {
            if (Token == CborToken.Break)
            {
                Token = kind;
                return true;
            }
            if (Token != kind || IsIndefinite)
                return false;
            into.Write(Content);
        }
        return false;
    }

    /// <summary>Reads over what is inside of the item whose head was just read. False: malformed, or nested deeper than anything that is sent.</summary>
    public bool TrySkip() => TrySkip(DeepestSkipped);

    private bool TrySkip(int depth)
    {
        if (Token is CborToken.Bytes or CborToken.Text)
            return !IsIndefinite || TrySkipPieces();
        if (Token is not (CborToken.Array or CborToken.Map))
            return Token != CborToken.Break;
        var isMap = Token == CborToken.Map;
        var container = Container;
        while (depth > 0 && TryReadNext(ref container, out var ended))
        {
            if (ended)
                return true;
            if (!TrySkip(depth - 1) || (isMap && !(TryRead() && TrySkip(depth - 1))))
                return false;
        }
        return false;
    }

    private bool TrySkipPieces()
    {
        var kind = Token;
        while (TryReadHead(out var major, out var detail) && TryReadItem(major, detail))
        {
            if (Token != kind || IsIndefinite)
                return Token == CborToken.Break;
        }
        return false;
    }

    private bool TryReadHead(out int major, out int detail)
    {
        major = detail = 0;
        if (_at == _bytes.Length)
            return false;
        var head = _bytes[_at++];
        major = head >> 5;
        detail = head & 0x1f;
        IsIndefinite = detail == Indefinite;
        if (detail < 24 || IsIndefinite)
        {
            Argument = (ulong)detail;
            return true;
        }
        if (detail > 27)
            return false;
        var width = 1 << (detail - 24);
        if (_bytes.Length - _at < width)
            return false;
        var argument = _bytes.Slice(_at, width);
        Argument = width switch
        {
            1 => argument[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(argument),
            4 => BinaryPrimitives.ReadUInt32BigEndian(argument),
            _ => BinaryPrimitives.ReadUInt64BigEndian(argument),
        };
        _at += width;
        return true;
    }

    private bool TryReadItem(int major, int detail)
    {
        switch (major)
        {
            case 0 or 1:
                Token = major == 0 ? CborToken.Unsigned : CborToken.Negative;
                return !IsIndefinite;
            case 2 or 3:
                Token = major == 2 ? CborToken.Bytes : CborToken.Text;
                return IsIndefinite || TryTakeContent();
            case 4 or 5:
                Token = major == 4 ? CborToken.Array : CborToken.Map;
                // An item takes a byte at least, so what claims more than there are is not worth beginning.
                return IsIndefinite || Argument <= (ulong)(_bytes.Length - _at);
            default:
                return TryReadSimple(detail);
        }
    }

    private bool TryTakeContent()
    {
        if (Argument > (ulong)(_bytes.Length - _at))
            return false;
        Content = _bytes.Slice(_at, (int)Argument);
        _at += (int)Argument;
        return true;
    }

    private bool TryReadSimple(int detail)
    {
        (Token, Number) = detail switch
        {
            20 => (CborToken.False, 0),
            21 => (CborToken.True, 0),
            // Null, and undefined.
            22 or 23 => (CborToken.Null, 0),
            25 => (CborToken.Float, (double)BitConverter.UInt16BitsToHalf((ushort)Argument)),
            26 => (CborToken.Float, BitConverter.UInt32BitsToSingle((uint)Argument)),
            27 => (CborToken.Float, BitConverter.UInt64BitsToDouble(Argument)),
            Indefinite => (CborToken.Break, 0),
            _ => (CborToken.None, 0),
        };
        return Token != CborToken.None;
    }
}
