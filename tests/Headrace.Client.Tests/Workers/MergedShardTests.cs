namespace Headrace.Client.Tests.Workers;

public sealed class MergedShardTests
{
    /// <summary>Without a comparison of shards and leases, which would find it a minute later.</summary>
    [Fact]
    public async Task A_merged_shard_is_read_on_at_once_where_two_workers_end_its_parents_at_once()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        var options = WorkerGround.Patient with { ShardSyncInterval = TimeSpan.FromHours(1) };
        var meeting = new MeetingLeases.Meeting(expected: 2);
        await using var first = ground.Run("a", options, new MeetingLeases(ground.Leases(), meeting));
        await using var second = ground.Run("b", options, new MeetingLeases(ground.Leases(), meeting));
        await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 1 && ground.Log.HeldBy("b").Count == 1);
        await ground.PutAsync(100);
        await ground.Client.MergeShardsAsync(WorkerGround.Stream, "shardId-000000000000", "shardId-000000000001");
        await ground.Client.WaitUntilActiveAsync(WorkerGround.Stream);
        await ground.PutAsync(100);
        await ground.AllIsHandledOnceAsync();
        ground.Log.NoShardWasHeldByTwo();
    }
}
