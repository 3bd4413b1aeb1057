using System.Buffers;

namespace Headrace.Delivery.Partitions;

/// <summary>
/// The records of the next object: their data one after another with nothing in between. Not thread-safe.
/// </summary>
/// <param name="partition">Whose they are.</param>
/// <param name="filledSince">When the first record enters, as a timestamp of the worker's clock.</param>
/// <param name="expectedBytes">How large it will likely become, where that is known; otherwise 0.</param>
internal sealed class ObjectBuffer(PartitionName partition, long filledSince, long expectedBytes = 0) : IDisposable
{
    private const int LeastBytes = 64 * 1024;
    private const int LeastGrowth = 4;

    // What grows beyond that will likely become as large as it may, so that it need not be copied again and again on the way.
    private const int SmallBytes = 1024 * 1024;

    private byte[] _bytes = [];
    private List<int>? _ends;

    public PartitionName Partition { get; } = partition;

    /// <summary>When the first record entered, as a timestamp of the worker's clock.</summary>
    public long FilledSince { get; } = filledSince;

    /// <summary>Bytes of data, before compression.</summary>
    public int Length { get; private set; }

    public int Records { get; private set; }

    /// <summary>The smallest position among the records; for a source of one shard only.</summary>
    public long FirstPosition { get; private set; } = long.MaxValue;

    /// <summary>When the oldest record arrived, in milliseconds since 1970 (UTC).</summary>
    public long OldestArrivalUnixMs { get; private set; } = long.MaxValue;

    /// <summary>The smallest time of arrival that its source gave any of its records, in milliseconds since 1970 (UTC).</summary>
    public long OldestSourceUnixMs { get; private set; } = long.MaxValue;

    /// <summary>The records' bytes; valid until the buffer changes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Where each record ends in <see cref="Bytes"/>; only where the buffer keeps records apart.</summary>
    public IReadOnlyList<int> Ends => _ends ?? [];

    /// <summary>From now on keeps in mind where each record ends.</summary>
    public void KeepApart() => _ends ??= [];

    /// <param name="data">The record's data.</param>
    /// <param name="position">Its position in the source.</param>
    /// <param name="arrivalUnixMs">When it arrived at the delivery stream's source.</param>
    /// <param name="sourceUnixMs">When it arrived where it is read from now.</param>
    public void Add(ReadOnlySpan<byte> data, long position, long arrivalUnixMs, long sourceUnixMs)
    {
        var needed = Length + data.Length;
        if (needed > _bytes.Length)
            Grow(needed);
        data.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
        Records++;
        _ends?.Add(Length);
        FirstPosition = Math.Min(FirstPosition, position);
        OldestArrivalUnixMs = Math.Min(OldestArrivalUnixMs, arrivalUnixMs);
        OldestSourceUnixMs = Math.Min(OldestSourceUnixMs, sourceUnixMs);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
        Records = 0;
    }

    private void Grow(int needed)
    {
        var capacity = needed <= SmallBytes
            ? Math.Max(LeastBytes, Math.Min(SmallBytes, _bytes.Length * LeastGrowth))
            : Math.Max(_bytes.Length * 2L, expectedBytes + LeastBytes);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(capacity, needed, Array.MaxLength));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
