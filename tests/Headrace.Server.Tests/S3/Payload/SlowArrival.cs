namespace Headrace.Server.Tests.S3.Payload;

/// <summary>An upload whose bytes come in pieces of at most the given size, and that may break off.</summary>
internal sealed class SlowArrival(byte[] wire, int pieceSize, Exception? end = null) : MemoryStream(wire)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var count = await base.ReadAsync(buffer[..Math.Min(pieceSize, buffer.Length)], cancellationToken);
        return count > 0 || end is null ? count : throw end;
    }
}
