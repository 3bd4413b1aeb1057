namespace Headrace.Client;

/// <summary>Gives the records of a page their memory, several from one array. Not thread-safe.</summary>
internal sealed class RecordSlab
{
    /// <summary>Below what the collector treats as large.</summary>
    private const int SlabBytes = 64 * 1024;

    /// <summary>A larger record has an array of its own, so that little of a slab is lost at its end.</summary>
    private const int LargestShared = SlabBytes / 8;

    private byte[] _slab = [];
    private int _used;

    /// <summary>Memory of at most so many bytes; what isn't kept is the next one's.</summary>
    public Memory<byte> Rent(int bytes)
    {
        if (bytes > LargestShared)
            return GC.AllocateUninitializedArray<byte>(bytes);
        if (_slab.Length - _used < bytes)
            (_slab, _used) = (GC.AllocateUninitializedArray<byte>(SlabBytes), 0);
        return _slab.AsMemory(_used, bytes);
    }

    /// <summary>Keeps the first bytes of what was rented last.</summary>
    public ReadOnlyMemory<byte> Keep(Memory<byte> rented, int bytes)
    {
        if (rented.Length <= LargestShared)
            _used += bytes;
        return rented[..bytes];
    }
}
