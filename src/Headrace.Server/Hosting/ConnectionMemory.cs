using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Headrace.Server.Hosting;

/// <summary>
/// The memory that Kestrel receives into and answers from. A system call fills one block, so Kestrel's own blocks of 4 KiB
/// mean two hundred calls for a full PutRecords; these mean a dozen. Thread-safe.
/// </summary>
internal sealed class ConnectionMemory : MemoryPool<byte>
{
    public const int BlockBytes = 64 * 1024;

    /// <summary>Blocks that are kept for the next connection; what a burst needs beyond them goes back to the runtime.</summary>
    private const int MaxIdle = 64;

    private readonly Lock _lock = new();
    private readonly Stack<Block> _idle = new(MaxIdle);

    public override int MaxBufferSize => BlockBytes;

    /// <exception cref="ArgumentOutOfRangeException">More is asked for than a block holds.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        Block? block;
        lock (_lock)
            _idle.TryPop(out block);
        block ??= new Block(this);
        block.IsRented = true;
        return block;
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
            _idle.Clear();
    }

    private void Return(Block block)
    {
        lock (_lock)
        {
            if (!block.IsRented)
                return;
            block.IsRented = false;
            if (_idle.Count < MaxIdle)
                _idle.Push(block);
        }
    }

    /// <summary>Gives each of Kestrel's queues a pool of its own.</summary>
    public sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ConnectionMemory();
    }

    // Allocated pinned, so that a socket need not pin it for every call.
    private sealed class Block(ConnectionMemory pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);

        public bool IsRented { get; set; }

        public void Dispose() => pool.Return(this);
    }
}
