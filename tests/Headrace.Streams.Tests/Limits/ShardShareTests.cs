using Headrace.Streams.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Limits;

public sealed class ShardShareTests
{
    private const int MiB = 1024 * 1024;
    private readonly FakeTimeProvider _time = new();
    private readonly ShardShare _share;

    public ShardShareTests() => _share = new ShardShare(_time);

    [Fact]
    public void A_shard_takes_a_thousand_records_a_second()
    {
        Written(1500, 10).ShouldBe(1000);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Written(1500, 10).ShouldBe(250);
    }

    [Fact]
    public void A_shard_takes_a_mebibyte_a_second()
    {
        Written(20, MiB / 8).ShouldBe(8);
        // What was refused for its bytes has not used up a record.
        Written(2000, 0).ShouldBe(992);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Written(20, MiB / 8).ShouldBe(4);
    }

    [Fact]
    public void A_large_record_takes_what_was_not_used_before()
    {
        _share.TryWrite(10 * MiB).ShouldBeTrue();
        _share.TryWrite(100).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        _share.TryWrite(MiB / 2).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(5));
        // A second's share is the small records'; four seconds have gone into the reserve.
        _share.TryWrite(6 * MiB).ShouldBeFalse();
        _share.TryWrite(5 * MiB).ShouldBeTrue();
    }

    [Fact]
    public void Small_records_never_take_the_reserve()
    {
        Written(50, MiB).ShouldBe(1);
        _share.TryWrite(9 * MiB).ShouldBeTrue();
    }

    [Fact]
    public void A_shard_is_read_five_times_a_second()
    {
        Enumerable.Range(0, 9).Count(_ => _share.TryRead()).ShouldBe(5);
        Enumerable.Range(0, 9).Count(_ => _share.TryIterate()).ShouldBe(5);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Enumerable.Range(0, 9).Count(_ => _share.TryRead()).ShouldBe(2);
    }

    [Fact]
    public void An_answer_of_ten_mebibytes_blocks_the_next_for_five_seconds()
    {
        _share.TryRead().ShouldBeTrue();
        _share.CountRead(10 * MiB);
        _time.Advance(TimeSpan.FromMilliseconds(4999));
        _share.TryRead().ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        _share.TryRead().ShouldBeTrue();
    }

    private int Written(int records, int bytes) => Enumerable.Range(0, records).Count(_ => _share.TryWrite(bytes));
}
