using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Headrace.Protocol.Aggregation;
using Headrace.Protocol.HashKeys;

namespace Headrace.Protocol.Tests.Aggregation;

public sealed class AggregateTests
{
    private static readonly Gen<(string Key, string? HashKey, byte[] Data)> Record = Gen.Select(
        Gen.OneOf(Gen.Int[0, 3].Select(n => $"key-{n}"), Gen.String[1, 40]).Select(key => new string([.. key.Select(c => char.IsSurrogate(c) ? '☃' : c)])),
        Gen.Frequency((2, Gen.Const((string?)null)), (1, Gen.ULong.Select(n => (string?)n.ToString(CultureInfo.InvariantCulture)))),
        Gen.Byte.Array[0, 300]);

    private static readonly Gen<(string Key, string? HashKey, byte[] Data)[]> Records = Record.Array[0, 40];

    [Fact]
    public void What_was_written_is_read() => Records.Sample(records =>
    {
        var reader = new AggregateReader();
        var aggregate = Write(records);
        reader.TryRead(aggregate).ShouldBe(records.Length > 0);
        reader.Count.ShouldBe(records.Length);
        for (var i = 0; i < records.Length; i++)
        {
            reader[i].PartitionKeyText.ShouldBe(records[i].Key);
            Encoding.UTF8.GetString(reader[i].ExplicitHashKey.Span).ShouldBe(records[i].HashKey ?? "");
            reader[i].Data.ToArray().ShouldBe(records[i].Data);
        }
    });

    [Fact]
    public void A_record_is_added_just_when_the_aggregate_is_not_too_long_with_it() => Records.Sample(records =>
    {
        using var writer = new AggregateWriter();
        using var other = new AggregateWriter();
        foreach (var (key, hashKey, data) in records)
        {
            other.Add(key, hashKey, data);
            var (count, length) = (writer.Count, writer.Length);
            // The first one is taken however long it is. One byte too few, and nothing has changed.
            writer.TryAdd(key, 0, hashKey, data, other.Length - 1).ShouldBe(count == 0);
            if (count > 0)
            {
                (writer.Count, writer.Length).ShouldBe((count, length));
                writer.TryAdd(key, 0, hashKey, data, other.Length).ShouldBeTrue();
            }
            (writer.Count, writer.Length).ShouldBe((other.Count, other.Length));
        }
        Written(writer).Length.ShouldBe(writer.Length);
        Written(writer).ShouldBe(Written(other));
    });

    [Fact]
    public void A_writer_used_again_knows_nothing_of_what_it_held()
    {
        using var writer = new AggregateWriter();
        using var fresh = new AggregateWriter();
        for (var round = 0; round < 3; round++)
        {
            writer.Clear();
            // More keys than the table begins with room for, some of them with the same hash.
            for (var i = 0; i < 2_000; i++)
                writer.TryAdd($"key-{(i * 7) % 1_000}", (i * 7) % 100, explicitHashKey: null, [(byte)i], int.MaxValue);
        }
        for (var i = 0; i < 2_000; i++)
            fresh.Add($"key-{(i * 7) % 1_000}", null, [(byte)i]);
        Written(writer).ShouldBe(Written(fresh));
    }

    [Fact]
    public void Damage_makes_it_a_plain_record() => Gen.Select(Records.Where(r => r.Length > 0), Gen.Int[0, 1_000_000], Gen.Byte[1, 255]).Sample((records, at, flip) =>
    {
        var aggregate = Write(records);
        aggregate[at % aggregate.Length] ^= flip;
        new AggregateReader().TryRead(aggregate).ShouldBeFalse();
    });

    [Fact]
    public void Any_bytes_under_a_right_digest_are_read_or_refused_but_never_fail() => Gen.Byte.Array[0, 200].Sample(message =>
    {
        var reader = new AggregateReader();
        if (!reader.TryRead(Sealed(message)))
            reader.Count.ShouldBe(0);
        for (var i = 0; i < reader.Count; i++)
            _ = (reader[i].PartitionKeyText, reader[i].HashKey, reader[i].Data);
    });

    [Fact]
    public void The_bytes_are_the_formats_own()
    {
        byte[] message =
        [
            0x0A, 1, (byte)'a', 0x0A, 1, (byte)'b',     // partition keys
            0x12, 1, (byte)'7',                         // explicit hash key
            0x1A, 5, 0x08, 0, 0x1A, 1, (byte)'x',       // a: x
            0x1A, 7, 0x08, 1, 0x10, 0, 0x1A, 1, (byte)'y',
            0x1A, 4, 0x08, 0, 0x1A, 0,
        ];
        Write([("a", null, "x"u8.ToArray()), ("b", "7", "y"u8.ToArray()), ("a", null, [])]).ShouldBe(Sealed(message));
    }

    [Fact]
    public void Tags_and_fields_of_later_versions_are_passed_over()
    {
        byte[] message =
        [
            0x1A, 12, 0x08, 0, 0x1A, 1, (byte)'x', 0x22, 5, 0x0A, 3, (byte)'t', (byte)'a', (byte)'g',
            0x28, 0x96, 0x01,                           // 5: a varint
            0x31, 1, 2, 3, 4, 5, 6, 7, 8,               // 6: eight bytes
            0x3D, 1, 2, 3, 4,                           // 7: four bytes
            0x0A, 1, (byte)'a',                         // the key table may come last
        ];
        var reader = new AggregateReader();
        reader.TryRead(Sealed(message)).ShouldBeTrue();
        reader.Count.ShouldBe(1);
        reader[0].PartitionKeyText.ShouldBe("a");
        reader[0].Data.ToArray().ShouldBe("x"u8.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0x1A, 5, 0x08, 1, 0x1A, 1, 65, 0x0A, 1, 97 }, "an index behind the table")]
    [InlineData(new byte[] { 0x1A, 3, 0x1A, 1, 65, 0x0A, 1, 97 }, "no key")]
    [InlineData(new byte[] { 0x1A, 2, 0x08, 0, 0x0A, 1, 97 }, "no data")]
    [InlineData(new byte[] { 0x1A, 9, 0x08, 0 }, "a length behind the end")]
    [InlineData(new byte[] { 0x0A, 1, 97, 0x08 }, "a tag without a value")]
    [InlineData(new byte[] { 0x00, 0x00 }, "field 0")]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "a length of 2^64")]
    public void A_message_that_is_none_makes_it_a_plain_record(byte[] message, string because) =>
        new AggregateReader().TryRead(Sealed(message)).ShouldBeFalse(because);

    [Fact]
    public void The_hash_key_is_the_explicit_one_or_the_keys()
    {
        var reader = new AggregateReader();
        reader.TryRead(Write([("a", null, []), ("a", "340282366920938463463374607431768211455", [])])).ShouldBeTrue();
        reader[0].HashKey.ShouldBe(PartitionKeyHash.Of("a"u8));
        reader[1].HashKey.ShouldBe(UInt128.MaxValue);
    }

    [Fact]
    public void A_writer_and_a_reader_that_were_used_before_allocate_nothing()
    {
        using var writer = new AggregateWriter();
        var reader = new AggregateReader();
        using var output = new PooledBuffer(64 * 1024);
        var data = new byte[200];
        string[] keys = [.. Enumerable.Range(0, 100).Select(n => $"key-{n}")];
        void Round()
        {
            writer.Clear();
            foreach (var key in keys)
                writer.Add(key, null, data);
            output.Clear();
            writer.WriteTo(output);
            reader.TryRead(output.WrittenMemory).ShouldBeTrue();
        }
        Round();
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        // One closure-free round of a hundred records; a few bytes for the whole are not one for each.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(keys.Length);
    }

    private static byte[] Write((string Key, string? HashKey, byte[] Data)[] records)
    {
        using var writer = new AggregateWriter();
        foreach (var (key, hashKey, data) in records)
            writer.Add(key, hashKey, data);
        return Written(writer);
    }

    private static byte[] Written(AggregateWriter writer)
    {
        using var output = new PooledBuffer();
        writer.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Sealed(byte[] message) => [.. AggregateFormat.Magic, .. message, .. MD5.HashData(message)];
}
