using System.Buffers;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Encryption;

namespace Headrace.Buckets.Objects;

/// <summary>
/// Reads one object, which stays as it was when it was opened even if its key is overwritten or deleted meanwhile.
/// Dispose of it: its files are kept until then. Not thread-safe.
/// </summary>
public sealed class ObjectReader : IDisposable
{
    private const int BufferSize = 256 * 1024;
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
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Object.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (var file in Object.Files)
            {
                if (offset < file.Length && length > 0)
                {
                    var here = Math.Min(length, file.Length - offset);
                    await ReadFileAsync(file, offset, here, buffer, take);
                    offset += here;
                    length -= here;
                }
                offset -= file.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _shelf.Release(Object.Files);
    }

    private async Task ReadFileAsync(BodyFile body, long offset, long length, byte[] buffer, Func<ReadOnlyMemory<byte>, ValueTask> take)
    {
        using var file = StorageFaults.Translate(() => _shelf.Open(body.Id));
        using var cipher = _key is null ? null : new BodyCipher(_key, body.Id);
        while (length > 0)
        {
            var wanted = (int)Math.Min(length, BufferSize);
            var at = offset;
            var read = StorageFaults.Translate(() => file.Read(buffer.AsSpan(0, wanted), at));
            if (read < wanted)
                throw new BucketsException(BucketsFault.StorageFailed, $"The file {file.Path} is shorter than it was written.");
            cipher?.Apply(buffer.AsSpan(0, read), at);
            await take(buffer.AsMemory(0, read));
            offset += read;
            length -= read;
        }
    }
}
