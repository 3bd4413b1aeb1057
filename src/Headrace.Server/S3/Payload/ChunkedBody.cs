using System.Buffers;
using System.Buffers.Text;

namespace Headrace.Server.S3.Payload;

/// <summary>
/// A body in aws-chunked encoding: <c>SIZE[;chunk-signature=…]CRLF DATA CRLF</c> again and again, a chunk of size 0, the
/// trailing headers a line each, an empty line. Not HTTP's own chunked encoding, which may lie beneath it.
/// </summary>
internal sealed class ChunkedBody(UploadReader upload, long? decodedLength, TrailerSection trailers, bool signedTrailers, ChunkSignatures? signatures)
    : PayloadStream(upload)
{
    private const int MaxHeader = 512;
    private const int MaxTrailer = 8 * 1024;

    private readonly byte[] _signature = new byte[ChunkSignatures.Size];
    private Part _part = Part.Header;
    private long _left;
    private long _count;

    private enum Part
    {
        Header,
        Data,
        DataEnd,
        Trailers,
        End,
    }

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    private static ReadOnlySpan<byte> SignatureMark => ";chunk-signature="u8;

    protected override int Decode(ref ReadOnlySequence<byte> wire, Span<byte> buffer)
    {
        var written = 0;
        while (true)
        {
            if (_part == Part.Data)
            {
                var count = TakeData(ref wire, buffer[written..]);
                if (count == 0)
                    return written;
                written += count;
            }
            else if (!TakeFraming(ref wire))
            {
                return written;
            }
        }
    }

    protected override void CheckEnd(long left)
    {
        if (_part != Part.End || left > 0)
            throw PayloadErrors.Incomplete();
    }

    protected override void Dispose(bool disposing)
    {
        signatures?.Dispose();
        base.Dispose(disposing);
    }

    private int TakeData(ref ReadOnlySequence<byte> wire, Span<byte> buffer)
    {
        var count = (int)Math.Min(Math.Min(wire.Length, buffer.Length), _left);
        wire.Slice(0, count).CopyTo(buffer);
        wire = wire.Slice(count);
        signatures?.Append(buffer[..count]);
        _left -= count;
        if (_left == 0)
            _part = Part.DataEnd;
        return count;
    }

    /// <summary>Takes one piece of what stands between the data; false when it has not wholly come.</summary>
    private bool TakeFraming(ref ReadOnlySequence<byte> wire)
    {
        switch (_part)
        {
            case Part.Header:
                Span<byte> header = stackalloc byte[MaxHeader];
                if (!TryTakeLine(ref wire, header, out var headerLength))
                    return wire.Length <= MaxHeader ? false : throw PayloadErrors.ChunkHeader();
                BeginChunk(header[..headerLength]);
                return true;
            case Part.DataEnd:
                if (wire.Length < LineEnd.Length)
                    return false;
                EndChunk(ref wire);
                return true;
            case Part.Trailers:
                Span<byte> trailer = stackalloc byte[MaxTrailer];
                if (!TryTakeLine(ref wire, trailer, out var trailerLength))
                    return wire.Length <= MaxTrailer ? false : throw PayloadErrors.Trailer();
                TakeTrailer(trailer[..trailerLength]);
                return true;
            default:
                return wire.IsEmpty ? false : throw PayloadErrors.Incomplete();
        }
    }

    private void BeginChunk(ReadOnlySpan<byte> header)
    {
        if (!Utf8Parser.TryParse(header, out ulong size, out var digits, 'x') || size > long.MaxValue)
            throw PayloadErrors.ChunkHeader();
        var extension = header[digits..];
        if (signatures is not null)
        {
            if (!extension.StartsWith(SignatureMark) || extension.Length != SignatureMark.Length + ChunkSignatures.Size)
                throw PayloadErrors.ChunkHeader();
            extension[SignatureMark.Length..].CopyTo(_signature);
        }
        else if (!extension.IsEmpty && extension[0] != (byte)';')
        {
            throw PayloadErrors.ChunkHeader();
        }
        if (decodedLength is { } length && (size == 0 ? _count != length : (long)size > length - _count))
            throw PayloadErrors.Incomplete();
        _count += (long)size;
        _left = (long)size;
        _part = size > 0 ? Part.Data : Part.Trailers;
        if (size == 0)
            signatures?.VerifyChunk(_signature);
    }

    private void EndChunk(ref ReadOnlySequence<byte> wire)
    {
        Span<byte> end = stackalloc byte[2];
        wire.Slice(0, end.Length).CopyTo(end);
        if (!end.SequenceEqual(LineEnd))
            throw PayloadErrors.Incomplete();
        wire = wire.Slice(end.Length);
        signatures?.VerifyChunk(_signature);
        _part = Part.Header;
    }

    private void TakeTrailer(ReadOnlySpan<byte> line)
    {
        if (!line.IsEmpty)
        {
            trailers.Add(line);
            return;
        }
        trailers.Complete(signedTrailers ? signatures : null);
        _part = Part.End;
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> wire, Span<byte> line, out int length)
    {
        length = 0;
        var reader = new SequenceReader<byte>(wire);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> text, LineEnd) || text.Length > line.Length)
            return false;
        length = (int)text.Length;
        text.CopyTo(line);
        wire = wire.Slice(reader.Position);
        return true;
    }
}
