namespace Headrace.Delivery.Progress;

/// <summary>Positions of one shard, <paramref name="To"/> excluded.</summary>
internal readonly record struct ShardRange(int Shard, long From, long To)
{
    public long Count => To - From;
}
