using CsCheck;
using Headrace.Streams.Settings;

namespace Headrace.Streams.Tests.Settings;

public class RecordSpreadTests
{
    [Fact]
    public void Any_put_covers_any_number_of_shards_evenly() =>
        Gen.Select(Gen.Int[1, 32], Gen.Bool).Sample((shards, known) =>
        {
            const int records = 500;
            var hashKeys = new UInt128[records];
            RecordSpread.Fill(hashKeys, known ? new PutInvocation(Guid.NewGuid(), IsRepeat: false) : null);
            var map = new ShardMap([.. HashKeyRange.Uniform(shards).Select((range, i) => new Shard(i, range, DateTimeOffset.UnixEpoch))]);
            var counts = hashKeys.CountBy(hashKey => map.ShardFor(hashKey).Index).ToDictionary();
            counts.Count.ShouldBe(shards);
            counts.Values.ShouldAllBe(count => Math.Abs(count - ((double)records / shards)) <= 4);
        });

    [Fact]
    public void Single_records_take_turns()
    {
        var hit = new HashSet<int>();
        var map = new ShardMap([.. HashKeyRange.Uniform(8).Select((range, i) => new Shard(i, range, DateTimeOffset.UnixEpoch))]);
        var hashKey = new UInt128[1];
        for (var i = 0; i < 24; i++)
        {
            RecordSpread.Fill(hashKey, null);
            hit.Add(map.ShardFor(hashKey[0]).Index);
        }
        hit.Count.ShouldBe(8);
    }

    [Fact]
    public void A_repeated_call_goes_where_the_first_went()
    {
        var call = Guid.NewGuid();
        var first = new UInt128[10];
        var again = new UInt128[10];
        RecordSpread.Fill(first, new PutInvocation(call, IsRepeat: false));
        RecordSpread.Fill(again, new PutInvocation(call, IsRepeat: true));
        again.ShouldBe(first);
    }
}
