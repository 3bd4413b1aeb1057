namespace Headrace.Server.Tests.Kinesis.Limits;

/// <summary>How many of something there may be at once, on a server whose states don't pass by themselves.</summary>
public sealed class AwsQuotaTests : IAsyncLifetime
{
    private ServerFixture _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ServerFixture.StartAsync(options => options with { EnforceLimits = true, StateDelay = TimeSpan.FromMinutes(10) });

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Five_streams_at_once_may_be_created()
    {
        for (var i = 0; i < 5; i++)
            await _server.KinesisAsync("CreateStream", $$"""{"StreamName":"s{{i}}","ShardCount":1}""");
        await Poll.UntilAsync(async () =>
        {
            // The rate of calls may stand before the quota for a moment.
            var (type, message) = await _server.KinesisErrorAsync("CreateStream", """{"StreamName":"one-more","ShardCount":1}""");
            type.ShouldBe("LimitExceededException");
            return message == "This request would exceed the limit on the number of streams that can simultaneously be in CREATING or DELETING. Limit: 5.";
        });
    }

    [Fact]
    public async Task Without_limits_it_does_not_matter()
    {
        await using var free = await ServerFixture.StartAsync(options => options with { StateDelay = TimeSpan.FromMinutes(10) });
        for (var i = 0; i < 60; i++)
            await free.KinesisAsync("CreateStream", $$$"""{"StreamName":"s{{{i}}}","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
    }
}
