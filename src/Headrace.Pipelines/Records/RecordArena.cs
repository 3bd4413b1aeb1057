namespace Headrace.Pipelines;

/// <summary>Memory for what the steps make of one page's records, handed out in pieces of large arrays. Not thread-safe.</summary>
internal sealed class RecordArena
{
    // Below the size from which .NET keeps arrays apart and collects them rarely.
    private const int ChunkBytes = 64 * 1024;

    private byte[] _chunk = [];
    private int _used;

    /// <summary>Keeps a copy of the bytes.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ChunkBytes / 4)
            return bytes.ToArray();
        if (_chunk.Length - _used < bytes.Length)
        {
            _chunk = GC.AllocateUninitializedArray<byte>(ChunkBytes);
            _used = 0;
        }
        bytes.CopyTo(_chunk.AsSpan(_used));
        var kept = new ReadOnlyMemory<byte>(_chunk, _used, bytes.Length);
        _used += bytes.Length;
        return kept;
    }
}
