using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

public sealed class WaitingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARecordWakesThoseWhoWaitForIt()
    {
        await using var rig = LogRig.Open(new SimulatedDisk());
        var first = rig.Log.WaitForAsync(3, 0, Cancelled).AsTask();
        var second = rig.Log.WaitForAsync(3, 1, Cancelled).AsTask();
        var otherShard = rig.Log.WaitForAsync(4, 0, Cancelled).AsTask();
        await rig.AppendAsync(3, "one");
        await first.WaitAsync(Deadline, Cancelled);
        second.IsCompleted.ShouldBeFalse();
        otherShard.IsCompleted.ShouldBeFalse();
        await rig.AppendAsync(3, "two");
        await second.WaitAsync(Deadline, Cancelled);
        await rig.Log.WaitForAsync(3, 0, Cancelled);
    }

    [Fact]
    public async Task AWaitEndsWhenItsCallerGivesUpOrTheLogCloses()
    {
        var rig = LogRig.Open(new SimulatedDisk());
        using var giveUp = new CancellationTokenSource();
        var given = rig.Log.WaitForAsync(0, 0, giveUp.Token).AsTask();
        var left = rig.Log.WaitForAsync(0, 0, Cancelled).AsTask();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given.WaitAsync(Deadline));
        await rig.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => left.WaitAsync(Deadline));
    }
}
