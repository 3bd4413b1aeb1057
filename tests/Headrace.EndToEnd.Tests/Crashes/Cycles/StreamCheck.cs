using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>Checks a stream against its ledger: its shards, and of their records those that the check before has not seen.</summary>
internal sealed class StreamCheck(StreamLedger ledger)
{
    private readonly Dictionary<string, ShardCheck> _shards = [];

    /// <summary>The shards that take records, by what was known at the last check.</summary>
    public IReadOnlyList<(string ShardId, ShardCheck Shard)> OpenShards =>
        [.. _shards.Where(static shard => !shard.Value.IsClosed).Select(static shard => (shard.Key, shard.Value)).OrderBy(static shard => shard.Value.HashKeys.First)];

    /// <summary>All the same, from the first record on.</summary>
    public static async Task CheckAllAsync(KinesisHttp kinesis, StreamLedger ledger)
    {
        ledger.OweAll();
        await new StreamCheck(ledger).CheckAsync(kinesis);
    }

    /// <summary>Checks what came since the last check; nothing may be written meanwhile.</summary>
    public async Task CheckAsync(KinesisHttp kinesis)
    {
        await Deadline.UntilAsync(async () => await kinesis.StatusAsync(ledger.Stream) == "ACTIVE", $"{ledger.Stream} is ACTIVE");
        var listed = (await kinesis.CallAsync("ListShards", new JsonObject { ["StreamName"] = ledger.Stream })).GetProperty("Shards");
        var known = _shards.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var shard in listed.EnumerateArray())
        {
            var shardId = shard.GetProperty("ShardId").GetString()!;
            if (!known.Remove(shardId))
                _shards.Add(shardId, new ShardCheck(ledger, shardId));
            _shards[shardId].Describe(shard);
        }
        known.ShouldBeEmpty($"shards of {ledger.Stream} are gone");
        ShouldCoverAllHashKeys();
        foreach (var shard in _shards.Values)
            await shard.CheckAsync(kinesis);
        ledger.ShouldOweNothing();
    }

    /// <summary>Every hash key must have one open shard.</summary>
    private void ShouldCoverAllHashKeys()
    {
        var next = UInt128.Zero;
        foreach (var (shardId, shard) in OpenShards)
        {
            shard.HashKeys.First.ShouldBe(next, $"{shardId} of {ledger.Stream} begins where the open shard before it ends");
            next = unchecked(shard.HashKeys.Last + 1);
        }
        next.ShouldBe(UInt128.Zero, $"the open shards of {ledger.Stream} end with the last hash key");
    }
}
