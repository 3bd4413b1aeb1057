using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Compaction;

/// <summary>Writes the plain bytes of packed objects one after another and packs them as one, piece by piece. Not thread-safe.</summary>
internal sealed class PackedMerge : IMergedFile
{
    private const int PieceSize = 256 * 1024;

    private readonly CompressionFormat _compression;
    private readonly byte[] _piece = new byte[PieceSize];
    private readonly BufferedStream _target;
    private readonly Stream _packer;

    /// <param name="compression">How all of them are packed.</param>
    /// <param name="target">Takes the file; stays its owner's.</param>
    /// <param name="name">What the one file in a ZIP archive is called.</param>
    /// <param name="plainLength">The plain bytes that will come.</param>
    public PackedMerge(CompressionFormat compression, Stream target, string name, long plainLength)
    {
        _compression = compression;
        // Packers write in small pieces.
        _target = new BufferedStream(target, PieceSize);
        _packer = compression == CompressionFormat.Uncompressed ? _target : ObjectPacking.Packer(_target, compression, name, plainLength);
    }

    /// <summary>How many plain bytes an object has.</summary>
    public static long PlainLength(Stream source, CompressionFormat compression, CancellationToken stop)
    {
        var piece = new byte[PieceSize];
        long length = 0;
        Read(source, compression, piece, read => length += read, stop);
        return length;
    }

    public void Add(Stream source, CancellationToken stop) => Read(source, _compression, _piece, read => _packer.Write(_piece, 0, read), stop);

    public void Close()
    {
        if (_packer != _target)
            _packer.Dispose();
        _target.Flush();
    }

    /// <summary>What was not closed is of no use, so nothing more is written.</summary>
    public void Dispose()
    {
    }

    private static void Read(Stream source, CompressionFormat compression, byte[] piece, Action<int> take, CancellationToken stop)
    {
        var packed = new BufferedStream(source, PieceSize);
        using var plain = compression == CompressionFormat.Uncompressed ? null : ObjectPacking.Unpacker(packed, compression);
        for (var from = plain ?? packed; from.Read(piece) is var read and > 0;)
        {
            stop.ThrowIfCancellationRequested();
            take(read);
        }
    }
}
