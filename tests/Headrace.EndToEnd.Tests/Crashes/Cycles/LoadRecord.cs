using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>
/// A record of the load, all of which follows from who wrote it and its number among the writer's records: so a ledger need not
/// keep contents to compare them byte by byte. No two records of a history are equal but for the shortest contents.
/// </summary>
internal readonly record struct LoadRecord(int Writer, int Number)
{
    private const int ChecksumBytes = 8;

    /// <summary>Shorter contents have no room for their own description and checksum.</summary>
    private const int ShortestDescribed = 40;

    public string PartitionKey => string.Create(CultureInfo.InvariantCulture, $"{Writer}-{Number}");

    /// <summary>One record in four is sent to a shard by a hash key of its own, which its partition key's is not.</summary>
    public UInt128? ExplicitHashKey => Number % 4 == 0 ? BinaryPrimitives.ReadUInt128BigEndian(Digest()) : null;

    /// <summary>What decides the record's shard: 0 to 2^128 - 1.</summary>
    public UInt128 HashKey => ExplicitHashKey ?? BinaryPrimitives.ReadUInt128BigEndian(PartitionKeyHash());

    public static LoadRecord Parse(string partitionKey)
    {
        var dash = partitionKey.IndexOf('-', StringComparison.Ordinal);
        return new LoadRecord(
            int.Parse(partitionKey.AsSpan(0, dash), CultureInfo.InvariantCulture), int.Parse(partitionKey.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// The content: 1 byte to 100 KiB, mostly small; the description, filling, and the first bytes of the SHA-256 of both.
    /// </summary>
    public byte[] Data()
    {
        var digest = Digest();
        var random = new Random(BinaryPrimitives.ReadInt32LittleEndian(digest));
        var data = new byte[LengthBy(random)];
        random.NextBytes(data);
        if (data.Length < ShortestDescribed)
            return data;
        Encoding.ASCII.GetBytes($"{PartitionKey} {data.Length} ", data);
        SHA256.HashData(data.AsSpan(..^ChecksumBytes)).AsSpan(0, ChecksumBytes).CopyTo(data.AsSpan(^ChecksumBytes..));
        return data;
    }

    /// <summary>Says what a content is, for the message about one that should have been another.</summary>
    public static string Describe(byte[] data)
    {
        if (data.Length < ShortestDescribed)
            return $"{data.Length} bytes {Convert.ToHexString(data)}";
        var whole = SHA256.HashData(data.AsSpan(..^ChecksumBytes)).AsSpan(0, ChecksumBytes).SequenceEqual(data.AsSpan(^ChecksumBytes..));
        return whole ? $"the whole content of {Encoding.ASCII.GetString(data).Split(' ')[0]}" : $"{data.Length} bytes that fail their checksum";
    }

    public override string ToString() => PartitionKey;

    private static int LengthBy(Random random) => random.Next(100) switch
    {
        < 25 => random.Next(1, ShortestDescribed),
        < 92 => random.Next(ShortestDescribed, 1_500),
        < 99 => random.Next(1_500, 12_000),
        _ => random.Next(12_000, (100 * 1024) + 1),
    };

    private byte[] Digest() => SHA256.HashData(Encoding.ASCII.GetBytes(PartitionKey));

    // The service places records by the MD5 of their partition keys.
    private byte[] PartitionKeyHash() => MD5.HashData(Encoding.ASCII.GetBytes(PartitionKey));
}
