using System.Globalization;
using System.Numerics;
using CsCheck;

namespace Headrace.Streams.Tests;

public class SequenceNumberTests
{
    private static readonly Shard First = new(0, new HashKeyRange(0, UInt128.MaxValue), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private static readonly Gen<Shard> Shards =
        from index in Gen.Int[0, 100_000]
        from created in Gen.Long[0, 4_000_000_000]
        select new Shard(index, new HashKeyRange(0, UInt128.MaxValue), DateTimeOffset.FromUnixTimeSeconds(created));

    [Fact]
    public void Has_the_digits_of_amazons_layout()
    {
        var number = SequenceNumber.OfRecord(First with { Index = 0x1a }, 41, 1_700_000_123_456);
        var hex = BigInteger.Parse(number.ToString(), CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture);
        hex.ShouldBe("2" + "06553f100" + "a" + "000000000000002a" + "00" + "06553f17b" + "0000001a" + "2");
        hex.Length.ShouldBe(47);
        number.ToString().Length.ShouldBe(56);
    }

    [Fact]
    public void Reads_back_what_it_writes() => Gen.Select(Shards, Gen.Long[0, 1L << 60], Gen.Long[0, 4_000_000_000_000]).Sample((shard, position, arrival) =>
    {
        var number = SequenceNumber.OfRecord(shard, position, arrival);
        return SequenceNumber.TryParse(number.ToString(), out var parsed) && parsed == number && parsed.Position == position
            && parsed.ShardIndex == shard.Index && parsed.ShardCreatedSeconds == shard.CreatedAt.ToUnixTimeSeconds() && parsed.ArrivalSeconds == arrival / 1000;
    });

    [Fact]
    public void Grows_with_the_position_whatever_the_time_says() => Gen.Select(Gen.Long[0, 1L << 60], Gen.Long[1, 1000], Gen.Long[0, 4_000_000_000_000], Gen.Long[0, 4_000_000_000_000])
        .Sample((position, step, time, later) =>
        {
            var earlier = SequenceNumber.OfRecord(First, position, time);
            var next = SequenceNumber.OfRecord(First, position + step, later);
            return earlier < next && BigInteger.Parse(earlier.ToString(), CultureInfo.InvariantCulture) < BigInteger.Parse(next.ToString(), CultureInfo.InvariantCulture);
        });

    [Fact]
    public void A_shards_start_and_end_enclose_its_records()
    {
        var closed = First with { ClosedEnd = 7, ClosedAt = First.CreatedAt.AddHours(1) };
        var record = SequenceNumber.OfRecord(closed, 0, First.CreatedAt.ToUnixTimeMilliseconds());
        SequenceNumber.StartOf(closed).ShouldBeLessThan(record);
        record.ShouldBeLessThan(SequenceNumber.EndOf(closed));
        SequenceNumber.StartOf(closed).Position.ShouldBe(-1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("abc")]
    [InlineData("49590338271490256608559692538361571095921575989136588898999999")]
    [InlineData("12345678901234567890123456789012345678901234567890123456")]
    public void Refuses_what_is_none(string text) => SequenceNumber.TryParse(text, out _).ShouldBeFalse();
}
