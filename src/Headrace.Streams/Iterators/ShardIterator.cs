using System.Buffers.Binary;
using System.Text;
using Headrace.ControlPlane;

namespace Headrace.Streams.Iterators;

/// <summary>A place in a shard that a client may go on reading from, for five minutes.</summary>
/// <param name="Scope">Whose stream, and where.</param>
/// <param name="StreamName">Its name: as on AWS, an iterator outlives its stream if there is another of the same name.</param>
/// <param name="StreamId">Its number, which tells streams of one name apart.</param>
/// <param name="ShardIndex">The shard.</param>
/// <param name="Position">The next position to read.</param>
/// <param name="IssuedAt">When it was given out.</param>
internal readonly record struct ShardIterator(AccountScope Scope, string StreamName, long StreamId, int ShardIndex, long Position, DateTimeOffset IssuedAt)
{
    /// <summary>What Amazon's begin with.</summary>
    private const long Version = 1;

    /// <summary>The numbers; the texts follow.</summary>
    private const int FixedLength = 8 + 8 + 4 + 8 + 8;

    public string ToText(Seal seal)
    {
        var texts = Encoding.UTF8.GetBytes($"{Scope.AccountId}|{Scope.Region}|{StreamName}|");
        var content = new byte[Math.Max(LengthFor(StreamName) - Seal.TagLength, FixedLength + texts.Length)];
        BinaryPrimitives.WriteInt64BigEndian(content, Version);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(8), StreamId);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(16), ShardIndex);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(20), Position);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(28), IssuedAt.ToUnixTimeMilliseconds());
        texts.CopyTo(content, FixedLength);
        return seal.Close(content);
    }

    public static bool TryParse(string text, Seal seal, out ShardIterator iterator)
    {
        iterator = default;
        if (seal.Open(text) is not { Length: > FixedLength } content || BinaryPrimitives.ReadInt64BigEndian(content) != Version)
            return false;
        if (Encoding.UTF8.GetString(content.AsSpan(FixedLength)).Split('|', 4) is not [var account, var region, var name, _])
            return false;
        iterator = new ShardIterator(
            new AccountScope(account, region),
            name,
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(8)),
            BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(16)),
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(20)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(28))));
        return true;
    }

    /// <summary>Amazon's iterators are ciphertext in blocks of 16 bytes, and so long.</summary>
    private static int LengthFor(string streamName) => 152 + ((streamName.Length + 2) / 16 * 16);
}
