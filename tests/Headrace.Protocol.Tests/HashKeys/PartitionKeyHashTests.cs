using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Headrace.Protocol.HashKeys;

namespace Headrace.Protocol.Tests.HashKeys;

public sealed class PartitionKeyHashTests
{
    private static readonly Gen<byte[]> Keys = Gen.Byte.Array[0, 300];

    [Fact]
    public void The_hash_of_any_key_is_its_MD5() => Keys.Sample(key => PartitionKeyHash.Of(key).ShouldBe(Md5Of(key)));

    [Fact]
    public void The_hash_is_right_at_every_length_around_the_ends_of_blocks()
    {
        for (var length = 0; length <= 200; length++)
        {
            var key = Enumerable.Range(0, length).Select(i => (byte)(255 - i)).ToArray();
            PartitionKeyHash.Of(key).ShouldBe(Md5Of(key), $"{length} bytes");
        }
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var key = "session-0123456789abcdef"u8.ToArray();
        var hash = PartitionKeyHash.Of(key);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            hash ^= PartitionKeyHash.Of(key);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0, $"{hash}");
    }

    private static UInt128 Md5Of(byte[] key) => BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(key));
}
