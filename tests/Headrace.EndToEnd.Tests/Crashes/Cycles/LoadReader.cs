using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>Reads a stream's open shards while they are written to. What it is shown was stored, acknowledged or not, and must stay.</summary>
internal sealed class LoadReader(StreamLedger ledger, StreamCheck check)
{
    /// <summary>Completes when the server no longer answers.</summary>
    public async Task RunAsync(KinesisHttp kinesis)
    {
        try
        {
            var after = check.OpenShards.ToDictionary(static shard => shard.ShardId, static shard => shard.Shard.Last, StringComparer.Ordinal);
            while (true)
            {
                // Often enough to be shown records before their writers are answered, and not so often as to slow these down.
                await Task.Delay(10);
                foreach (var shardId in after.Keys)
                {
                    await foreach (var stored in kinesis.ReadAsync(shardId, await kinesis.GetIteratorAfterAsync(ledger.Stream, shardId, after[shardId])))
                    {
                        ledger.Show(stored);
                        after[shardId] = stored.SequenceNumber;
                    }
                }
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // The kill.
        }
    }
}
