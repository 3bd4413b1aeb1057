using System.Buffers;
using System.IO.Pipelines;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Encryption;
using Headrace.Files;

namespace Headrace.Buckets.Objects;

/// <summary>
/// Reads one object, which stays as it was when it was opened even if its key is overwritten or deleted meanwhile.
/// Dispose of it: its files are kept until then. Not thread-safe.
/// </summary>
public sealed class ObjectReader : IDisposable
{
    private const int BufferSize = 256 * 1024;

    /// <summary>As much as is sent in one go from the processor's cache.</summary>
    private const int SentPiece = 64 * 1024;

    private readonly BodyShelf _shelf;
    private readonly CustomerKey? _key;
    private bool _disposed;

    internal ObjectReader(BodyShelf shelf, StoredObject opened, CustomerKey? key)
    {
        _shelf = shelf;
        _key = key;
        Object = opened;
    }

    public StoredObject Object { get; }

    /// <summary>Hands the bytes from <paramref name="offset"/> on to <paramref name="take"/>, in pieces of at most 256 KiB.</summary>
    /// <exception cref="BucketsException">The disk refuses.</exception>
    public async Task ReadAsync(long offset, long length, Func<ReadOnlyMemory<byte>, ValueTask> take)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await ReadAsync(offset, length, BufferSize, _ => buffer, read => take(buffer.AsMemory(0, read)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads what fits from <paramref name="offset"/> on; gives how many bytes, none at the object's end.</summary>
    /// <exception cref="BucketsException">The disk refuses.</exception>
    public int Read(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (into.IsEmpty)
            return 0;
        foreach (var body in Object.Files)
        {
            if (offset < body.Length)
            {
                var here = (int)Math.Min(into.Length, body.Length - offset);
                using var file = StorageFaults.Translate(() => _shelf.Open(body.Id));
                using var cipher = _key is null ? null : new BodyCipher(_key, body.Id);
                ReadPiece(file, cipher, offset, into[..here]);
                return here;
            }
            offset -= body.Length;
        }
        return 0;
    }

    /// <summary>Reads from <paramref name="offset"/> on straight into the memory that is sent from.</summary>
    /// <exception cref="BucketsException">The disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Nobody takes the bytes any more.</exception>
    public Task SendAsync(long offset, long length, PipeWriter target, CancellationToken cancellation) =>
        ReadAsync(offset, length, SentPiece, target.GetMemory, async read =>
        {
            target.Advance(read);
            if (await target.FlushAsync(cancellation) is { IsCompleted: true } or { IsCanceled: true })
                throw new OperationCanceledException(cancellation);
        });

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _shelf.Release(Object.Files);
    }

    private async Task ReadAsync(long offset, long length, int piece, Func<int, Memory<byte>> room, Func<int, ValueTask> take)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Object.Length);
        foreach (var body in Object.Files)
        {
            if (offset < body.Length && length > 0)
            {
                var here = Math.Min(length, body.Length - offset);
                using var file = StorageFaults.Translate(() => _shelf.Open(body.Id));
                using var cipher = _key is null ? null : new BodyCipher(_key, body.Id);
                for (var end = offset + here; offset < end;)
                {
                    var wanted = (int)Math.Min(end - offset, piece);
                    ReadPiece(file, cipher, offset, room(wanted).Span[..wanted]);
                    await take(wanted);
                    offset += wanted;
                }
                length -= here;
            }
            offset -= body.Length;
        }
    }

    private static void ReadPiece(IDiskFile file, BodyCipher? cipher, long offset, Span<byte> into)
    {
        int read;
        try
        {
            read = file.Read(into, offset);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFaults.Describe(failure);
        }
        if (read < into.Length)
            throw new BucketsException(BucketsFault.StorageFailed, $"The file {file.Path} is shorter than it was written.");
        cipher?.Apply(into, offset);
    }
}
