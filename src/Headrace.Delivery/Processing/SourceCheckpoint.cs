using System.Buffers.Binary;

namespace Headrace.Delivery.Processing;

/// <summary>Up to where a source was read. Immutable.</summary>
/// <param name="SourceId">The source; null while none was seen.</param>
/// <param name="Positions">The next position of every shard that was read.</param>
internal sealed record SourceCheckpoint(long? SourceId, IReadOnlyDictionary<int, long> Positions)
{
    private const int EntryLength = sizeof(int) + sizeof(long);

    public int Length => sizeof(long) + (Positions.Count * EntryLength);

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, SourceId ?? long.MinValue);
        to = to[sizeof(long)..];
        foreach (var (shard, position) in Positions)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to, shard);
            BinaryPrimitives.WriteInt64LittleEndian(to[sizeof(int)..], position);
            to = to[EntryLength..];
        }
    }

    public static SourceCheckpoint Read(ReadOnlySpan<byte> from)
    {
        var source = BinaryPrimitives.ReadInt64LittleEndian(from);
        var positions = new Dictionary<int, long>();
        for (from = from[sizeof(long)..]; !from.IsEmpty; from = from[EntryLength..])
            positions[BinaryPrimitives.ReadInt32LittleEndian(from)] = BinaryPrimitives.ReadInt64LittleEndian(from[sizeof(int)..]);
        return new SourceCheckpoint(source == long.MinValue ? null : source, positions);
    }
}
