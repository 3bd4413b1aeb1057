using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>Splits and merges a stream's shards, one after another, while the load goes on.</summary>
internal sealed class Resharder(StreamLedger ledger, int seed)
{
    private const int FewestShards = 2;
    private const int MostShards = 6;

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>Splits and merges that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Completes when the server no longer answers.</summary>
    public async Task RunAsync(KinesisHttp kinesis)
    {
        try
        {
            while (true)
            {
                await Deadline.UntilAsync(async () => await kinesis.StatusAsync(ledger.Stream) == "ACTIVE", $"{ledger.Stream} is ACTIVE");
                var open = await OpenShardsAsync(kinesis);
                if (open.Count <= FewestShards || (open.Count < MostShards && _random.Next(2) == 0))
                    await SplitAsync(kinesis, open[_random.Next(open.Count)]);
                else
                    await MergeAsync(kinesis, open, _random.Next(open.Count - 1));
                Acknowledged++;
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // The kill; what was not acknowledged may have been done or not.
        }
    }

    /// <summary>What was acknowledged was done, once the stream is active.</summary>
    public void ShouldHaveClosed(StreamCheck check)
    {
        var reopened = check.OpenShards.Select(static shard => shard.ShardId).Where(_closed.Contains);
        reopened.ShouldBeEmpty($"these shards of {ledger.Stream} were split or merged, and are open");
    }

    private async Task SplitAsync(KinesisHttp kinesis, (string ShardId, UInt128 First, UInt128 Last) shard)
    {
        var at = shard.First + 1 + ((new UInt128((ulong)_random.NextInt64(), (ulong)_random.NextInt64()) << 1) % (shard.Last - shard.First));
        await kinesis.CallAsync("SplitShard", new JsonObject
        {
            ["StreamName"] = ledger.Stream,
            ["ShardToSplit"] = shard.ShardId,
            ["NewStartingHashKey"] = at.ToString(CultureInfo.InvariantCulture),
        });
        _closed.Add(shard.ShardId);
    }

    private async Task MergeAsync(KinesisHttp kinesis, List<(string ShardId, UInt128 First, UInt128 Last)> open, int lower)
    {
        await kinesis.CallAsync("MergeShards", new JsonObject
        {
            ["StreamName"] = ledger.Stream,
            ["ShardToMerge"] = open[lower].ShardId,
            ["AdjacentShardToMerge"] = open[lower + 1].ShardId,
        });
        _closed.Add(open[lower].ShardId);
        _closed.Add(open[lower + 1].ShardId);
    }

    /// <summary>The open shards in the order of their hash keys.</summary>
    private async Task<List<(string ShardId, UInt128 First, UInt128 Last)>> OpenShardsAsync(KinesisHttp kinesis)
    {
        var listed = await kinesis.CallAsync("ListShards", new JsonObject { ["StreamName"] = ledger.Stream });
        return
        [
            .. listed.GetProperty("Shards").EnumerateArray()
                .Where(static shard => !shard.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _))
                .Select(static shard => (shard.GetProperty("ShardId").GetString()!, HashKey(shard, "StartingHashKey"), HashKey(shard, "EndingHashKey")))
                .OrderBy(static shard => shard.Item2),
        ];
    }

    private static UInt128 HashKey(JsonElement shard, string end) =>
        UInt128.Parse(shard.GetProperty("HashKeyRange").GetProperty(end).GetString()!, CultureInfo.InvariantCulture);
}
