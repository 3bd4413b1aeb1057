using Headrace.Streams;

namespace Headrace.Server.Console.Overview;

/// <summary>How many records a stream has had, and still has.</summary>
/// <param name="Put">Records put since its creation.</param>
/// <param name="Retained">Records that can be read now.</param>
internal readonly record struct StreamCounts(long Put, long Retained)
{
    public static StreamCounts Of(DataStream stream)
    {
        long put = 0, retained = 0;
        try
        {
            foreach (var shard in stream.Shards)
            {
                var extent = stream.Log.GetExtent(shard.Index);
                put += extent.End;
                retained += extent.End - extent.First;
            }
        }
        catch (ObjectDisposedException)
        {
            // It is being deleted: what was counted so far is as good as anything.
        }
        return new StreamCounts(put, retained);
    }
}
