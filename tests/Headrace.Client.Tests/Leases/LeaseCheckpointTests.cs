namespace Headrace.Client.Tests.Leases;

public sealed class LeaseCheckpointTests
{
    [Fact]
    public void Words_and_numbers_are_ordered()
    {
        LeaseCheckpoint[] ordered =
        [
            LeaseCheckpoint.AtTimestamp, LeaseCheckpoint.TrimHorizon, LeaseCheckpoint.Latest,
            new("9"), new("10"), new("10", 1), new("10", long.MaxValue), new("11"), LeaseCheckpoint.ShardEnd,
        ];
        ordered.Reverse().Order().ShouldBe(ordered);
        (ordered[3] < ordered[4]).ShouldBeTrue();
        (ordered[4] >= ordered[5]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("TRIM_HORIZON")]
    [InlineData("SHARD_END")]
    [InlineData("49590338271490256608559692538361571095921575989136588898:12")]
    public void A_text_is_read_as_it_was_written(string text) => LeaseCheckpoint.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("trim_horizon")]
    [InlineData("12:x")]
    [InlineData("12x")]
    public void What_is_no_checkpoint_is_told(string text) => Should.Throw<FormatException>(() => LeaseCheckpoint.Parse(text));
}
