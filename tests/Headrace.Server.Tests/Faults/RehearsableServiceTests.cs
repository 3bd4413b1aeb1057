using Headrace.Server.Faults;
using Headrace.Server.Firehose;
using Headrace.Server.Kinesis;

namespace Headrace.Server.Tests.Faults;

public sealed class RehearsableServiceTests
{
    [Fact]
    public void Failures_can_be_rehearsed_of_every_operation()
    {
        RehearsableService.Kinesis.Operations.ShouldBe(KinesisService.Create(null!, null!).OperationNames, ignoreOrder: true);
        RehearsableService.Firehose.Operations.ShouldBe(FirehoseService.Create(null!).OperationNames, ignoreOrder: true);
    }

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        var rule = FaultRule.Create(null, "PutRecords", "InternalFailure", 0.3, TimeSpan.Zero);
        var draws = Draw(rule, 1);
        draws.ShouldBe(Draw(rule, 1));
        draws.ShouldNotBe(Draw(rule, 2));
        draws.Count(drawn => drawn).ShouldBeInRange(250, 350);
    }

    private static List<bool> Draw(FaultRule rule, int seed)
    {
        var draw = new FaultDraw(rule, seed);
        return [.. Enumerable.Range(0, 1000).Select(_ => draw.Next())];
    }
}
