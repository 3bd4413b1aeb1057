using Headrace.ControlPlane;
using Headrace.Streams.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Limits;

public sealed class CallLimitTests
{
    private static readonly AccountScope Here = new("000000000000", "us-east-1");
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void An_account_has_a_share_in_each_region()
    {
        var limits = new ServiceLimits(_time);
        Refusal(limits, "DescribeLimits", null).ShouldBeNull();
        Refusal(limits, "DescribeLimits", null).ShouldBe("Rate exceeded for account 000000000000.");
        limits.Call("DescribeLimits", Here with { Region = "eu-west-1" }, null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Refusal(limits, "DescribeLimits", null).ShouldBeNull();
    }

    [Fact]
    public void A_call_that_names_a_stream_is_refused_with_its_name()
    {
        var limits = new ServiceLimits(_time);
        for (var i = 0; i < 10; i++)
            Refusal(limits, "DescribeStream", $"s{i}").ShouldBeNull();
        Refusal(limits, "DescribeStream", "s").ShouldBe("Rate exceeded for stream s under account 000000000000.");
    }

    [Fact]
    public void Some_shares_are_each_streams_own()
    {
        var limits = new ServiceLimits(_time);
        for (var i = 0; i < 5; i++)
            Refusal(limits, "SplitShard", "a").ShouldBeNull();
        Refusal(limits, "SplitShard", "a").ShouldNotBeNull();
        Refusal(limits, "SplitShard", "b").ShouldBeNull();
        Refusal(limits, "MergeShards", "a").ShouldBeNull();
    }

    [Fact]
    public void Records_are_not_limited_by_the_call()
    {
        var limits = new ServiceLimits(_time);
        for (var i = 0; i < 10_000; i++)
            Refusal(limits, "PutRecords", "a").ShouldBeNull();
    }

    [Fact]
    public void Those_who_rested_are_forgotten_and_those_who_did_not_are_not()
    {
        var book = new CallBook<int>(_time);
        for (var caller = 0; caller < 4096; caller++)
            book.TryCall(caller, 1).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        book.TryCall(-1, 1).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        book.TryCall(-2, 1).ShouldBeTrue();
        book.TryCall(-1, 1).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ShardCount", 10)]
    [InlineData("Encryption", 25)]
    [InlineData("Mode", 2)]
    public void Some_changes_may_be_made_only_so_often_in_a_day(string name, int most)
    {
        var change = Enum.Parse<DailyChange>(name);
        var quota = new DailyQuota(_time);
        for (var i = 0; i < most; i++)
        {
            quota.TryChange(1, change).ShouldBeTrue();
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        quota.TryChange(1, change).ShouldBeFalse();
        quota.TryChange(2, change).ShouldBeTrue();
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(most));
        quota.TryChange(1, change).ShouldBeTrue();
        quota.TryChange(1, change).ShouldBeFalse();
    }

    private static string? Refusal(ServiceLimits limits, string operation, string? stream)
    {
        try
        {
            limits.Call(operation, Here, stream);
            return null;
        }
        catch (StreamsException refusal)
        {
            refusal.Fault.ShouldBe(StreamsFault.LimitExceeded);
            return refusal.Message;
        }
    }
}
