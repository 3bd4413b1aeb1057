using System.Buffers;
using System.IO.Compression;
using Headrace.Delivery.Progress;
using Headrace.ShardLog;

namespace Headrace.Delivery.Destinations;

/// <summary>
/// The records of the next object: their data one after another with nothing in between, and from which positions of
/// which shards they came. Not thread-safe.
/// </summary>
internal sealed class ObjectBuffer : IDisposable
{
    private readonly Dictionary<int, ShardRange> _ranges = [];
    private byte[] _bytes = [];

    /// <summary>Bytes of data, before compression.</summary>
    public int Length { get; private set; }

    public int Records { get; private set; }

    public bool IsEmpty => Records == 0;

    /// <summary>When the oldest record arrived, in milliseconds since 1970 (UTC).</summary>
    public long OldestArrivalUnixMs { get; private set; } = long.MaxValue;

    /// <summary>When the newest record arrived, in milliseconds since 1970 (UTC).</summary>
    public long NewestArrivalUnixMs { get; private set; }

    public IReadOnlyList<ShardRange> Ranges => [.. _ranges.Values];

    /// <summary>Takes a page's records before <paramref name="end"/>; returns how many records before them are gone.</summary>
    /// <param name="shard">The shard that the page was read from.</param>
    /// <param name="from">The position that was asked for.</param>
    /// <param name="page">What was read.</param>
    /// <param name="end">Records from here on are left out.</param>
    public long Add(int shard, long from, RecordPage page, long end = long.MaxValue)
    {
        var expected = from;
        long lost = 0;
        for (var i = 0; i < page.Count && page[i].Position < end; i++)
        {
            var record = page[i];
            lost += record.Position - expected;
            expected = record.Position + 1;
            Append(record);
        }
        var next = Math.Min(page.NextPosition, end);
        lost += Math.Max(0, next - expected);
        if (next > from)
            _ranges[shard] = _ranges.TryGetValue(shard, out var range) ? range with { To = next } : new ShardRange(shard, from, next);
        return lost;
    }

    /// <summary>The object's bytes; valid until the buffer changes.</summary>
    public ReadOnlyMemory<byte> Pack(CompressionFormat compression)
    {
        var plain = _bytes.AsMemory(0, Length);
        if (compression == CompressionFormat.Uncompressed)
            return plain;
        var packed = new MemoryStream(Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain.Span);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    /// <summary>Forgets all records and gives the memory back.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _ranges.Clear();
        Length = 0;
        Records = 0;
        OldestArrivalUnixMs = long.MaxValue;
        NewestArrivalUnixMs = 0;
    }

    public void Dispose() => Clear();

    private void Append(RecordView record)
    {
        var needed = Length + record.Data.Length;
        if (needed > _bytes.Length)
            Grow(needed);
        record.Data.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
        Records++;
        OldestArrivalUnixMs = Math.Min(OldestArrivalUnixMs, record.ArrivalUnixMs);
        NewestArrivalUnixMs = Math.Max(NewestArrivalUnixMs, record.ArrivalUnixMs);
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
