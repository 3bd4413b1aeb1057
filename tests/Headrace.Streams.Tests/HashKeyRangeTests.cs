using System.Globalization;
using CsCheck;
using Headrace.Protocol.HashKeys;

namespace Headrace.Streams.Tests;

public class HashKeyRangeTests
{
    [Fact]
    public void Uniform_ranges_cover_every_key_once() => Gen.Int[1, 5000].Sample(count =>
    {
        var ranges = HashKeyRange.Uniform(count);
        ranges.Length.ShouldBe(count);
        ranges[0].Start.ShouldBe(UInt128.Zero);
        ranges[^1].End.ShouldBe(UInt128.MaxValue);
        for (var i = 1; i < count; i++)
            ranges[i - 1].Precedes(ranges[i]).ShouldBeTrue();
    });

    [Fact]
    public void Two_and_three_shards_are_cut_where_amazon_cuts_them()
    {
        HashKeyRange.Uniform(2)[0].End.ToString(CultureInfo.InvariantCulture).ShouldBe("170141183460469231731687303715884105727");
        var three = HashKeyRange.Uniform(3);
        three[0].End.ToString(CultureInfo.InvariantCulture).ShouldBe("113427455640312821154458202477256070484");
        three[1].Start.ToString(CultureInfo.InvariantCulture).ShouldBe("113427455640312821154458202477256070485");
        three[2].End.ToString(CultureInfo.InvariantCulture).ShouldBe("340282366920938463463374607431768211455");
    }

    [Fact]
    public void A_map_finds_the_shard_of_any_key() => Gen.Select(Gen.Int[1, 300], Gen.ULong, Gen.ULong).Sample((count, high, low) =>
    {
        var map = new ShardMap(HashKeyRange.Uniform(count).Select((range, index) => new Shard(index, range, DateTimeOffset.UnixEpoch)));
        var key = new UInt128(high, low);
        return map.ShardFor(key).Range.Contains(key);
    });

    [Fact]
    public void Closed_shards_take_no_keys()
    {
        var ranges = HashKeyRange.Uniform(2);
        var map = new ShardMap([
            new Shard(0, new HashKeyRange(0, UInt128.MaxValue), DateTimeOffset.UnixEpoch, ClosedEnd: 3, ClosedAt: DateTimeOffset.UnixEpoch),
            new Shard(1, ranges[0], DateTimeOffset.UnixEpoch, 0),
            new Shard(2, ranges[1], DateTimeOffset.UnixEpoch, 0),
        ]);
        map.OpenCount.ShouldBe(2);
        map.ShardFor(0).Index.ShouldBe(1);
        map.ShardFor(UInt128.MaxValue).Index.ShouldBe(2);
    }

    [Theory]
    [InlineData("a", "16955237001963240173058271559858726497")]
    [InlineData("", "281949768489412648962353822266799178366")]
    public void Keys_hash_by_md5(string key, string hash) =>
        PartitionKeyHash.Of(System.Text.Encoding.UTF8.GetBytes(key)).ToString(CultureInfo.InvariantCulture).ShouldBe(hash);

    [Theory]
    [InlineData("0", true)]
    [InlineData("340282366920938463463374607431768211455", true)]
    [InlineData("340282366920938463463374607431768211456", false)]
    [InlineData("01", false)]
    [InlineData("-1", false)]
    [InlineData("", false)]
    public void Explicit_hash_keys_are_128_bit_numbers(string text, bool valid) => PartitionKeyHash.TryParse(text, out _).ShouldBe(valid);
}
