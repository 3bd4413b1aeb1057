using System.Buffers;
using System.Runtime.CompilerServices;

namespace Headrace.Client;

/// <summary>The events of one subscription, as its connection brings them.</summary>
internal sealed class SubscriptionStream(Stream source, Uri endpoint, TimeProvider time)
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>The service says something every few seconds, if only that there is nothing; who is silent for so long is gone.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Ends when the service ends the subscription, which it does after five minutes.</summary>
    /// <exception cref="KinesisException">The service ended it with a reason.</exception>
    /// <exception cref="EndpointUnreachableException">The connection broke.</exception>
    public async IAsyncEnumerable<SubscribeToShardEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            var (start, end) = (0, 0);
            while (true)
            {
                while (Next(buffer.AsSpan(start, end - start), out var length) is var pushed && length > 0)
                {
                    start += length;
                    if (pushed is not null)
                        yield return pushed;
                }
                (buffer, end) = MakeRoom(buffer, start, end);
                start = 0;
                var read = await FillAsync(buffer.AsMemory(end), cancellationToken);
                if (read == 0)
                    yield break;
                end += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private SubscribeToShardEvent? Next(ReadOnlySpan<byte> bytes, out int length)
    {
        try
        {
            return SubscriptionFrames.Read(bytes, out length);
        }
        catch (InvalidDataException e)
        {
            throw new EndpointUnreachableException(endpoint, e.Message, e);
        }
    }

    /// <summary>Moves what was not read yet to the front, into a larger buffer where a frame fills this one.</summary>
    private static (byte[] Buffer, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var rest = end - start;
        if (rest < buffer.Length)
        {
            buffer.AsSpan(start, rest).CopyTo(buffer);
            return (buffer, rest);
        }
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(start, rest).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return (larger, rest);
    }

    private async ValueTask<int> FillAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await source.ReadAsync(room, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EndpointUnreachableException(endpoint, $"a subscription was silent for {LongestSilence.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new EndpointUnreachableException(endpoint, e.GetBaseException().Message.ReplaceLineEndings(" "), e);
        }
    }
}
