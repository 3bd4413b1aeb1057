using System.Buffers.Binary;

namespace Headrace.Streams.Iterators;

/// <summary>A place in a shard that a client may go on reading from, for five minutes.</summary>
/// <param name="StreamId">The stream's number.</param>
/// <param name="ShardIndex">The shard.</param>
/// <param name="Position">The next position to read.</param>
/// <param name="IssuedAt">When it was given out.</param>
public readonly record struct ShardIterator(long StreamId, int ShardIndex, long Position, DateTimeOffset IssuedAt)
{
    // A leading zero byte makes the text begin with AAAA…, as Amazon's do.
    private const int Length = 4 + 8 + 4 + 8 + 8;

    internal string ToText(Seal seal)
    {
        Span<byte> content = stackalloc byte[Length];
        content.Clear();
        content[3] = 1;
        BinaryPrimitives.WriteInt64BigEndian(content[4..], StreamId);
        BinaryPrimitives.WriteInt32BigEndian(content[12..], ShardIndex);
        BinaryPrimitives.WriteInt64BigEndian(content[16..], Position);
        BinaryPrimitives.WriteInt64BigEndian(content[24..], IssuedAt.ToUnixTimeMilliseconds());
        return seal.Close(content);
    }

    internal static bool TryParse(string text, Seal seal, out ShardIterator iterator)
    {
        iterator = default;
        if (seal.Open(text) is not { Length: Length } content || content[3] != 1)
            return false;
        iterator = new ShardIterator(
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(4)),
            BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(12)),
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(16)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(24))));
        return true;
    }
}
