using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>Splits and merges while servers are being killed.</summary>
internal static class RandomResharding
{
    /// <summary>Merges two neighbours of a stream that has more shards, or splits a shard of one that has not, as far as it gets before the server is killed.</summary>
    /// <param name="kinesis">Where the stream is.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="random">Chooses the shard.</param>
    /// <param name="shards">Around how many open shards the stream stays.</param>
    public static async Task ChangeAsync(KinesisHttp kinesis, string stream, Random random, int shards)
    {
        try
        {
            await Deadline.UntilAsync(async () => await kinesis.StatusAsync(stream) == "ACTIVE", "the stream is ACTIVE");
            var listed = await kinesis.CallAsync("ListShards", new JsonObject { ["StreamName"] = stream, ["ShardFilter"] = new JsonObject { ["Type"] = "AT_LATEST" } });
            var open = listed.GetProperty("Shards").EnumerateArray().OrderBy(shard => HashKey(shard, "StartingHashKey")).ToList();
            if (open.Count > shards)
            {
                var first = random.Next(open.Count - 1);
                await kinesis.CallAsync("MergeShards", new JsonObject { ["StreamName"] = stream, ["ShardToMerge"] = Id(open[first]), ["AdjacentShardToMerge"] = Id(open[first + 1]) });
                return;
            }
            var at = random.Next(open.Count);
            var middle = HashKey(open[at], "StartingHashKey") + ((HashKey(open[at], "EndingHashKey") - HashKey(open[at], "StartingHashKey")) / 2) + 1;
            await kinesis.CallAsync("SplitShard", new JsonObject { ["StreamName"] = stream, ["ShardToSplit"] = Id(open[at]), ["NewStartingHashKey"] = middle.ToString(CultureInfo.InvariantCulture) });
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The server has been killed.
        }
    }

    private static string Id(JsonElement shard) => shard.GetProperty("ShardId").GetString()!;

    private static UInt128 HashKey(JsonElement shard, string end) => UInt128.Parse(shard.GetProperty("HashKeyRange").GetProperty(end).GetString()!, CultureInfo.InvariantCulture);
}
