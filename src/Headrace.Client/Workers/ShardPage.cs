namespace Headrace.Client;

/// <summary>Some of a shard's records, however they came.</summary>
/// <param name="Records">The records; maybe none.</param>
/// <param name="MillisBehindLatest">How far behind the shard's tip they are.</param>
/// <param name="IsLast">The shard was closed, and nothing follows.</param>
internal sealed record ShardPage(IReadOnlyList<StreamRecord> Records, long MillisBehindLatest, bool IsLast)
{
    /// <summary>Nothing was there to read.</summary>
    public bool IsTip => Records.Count == 0 && MillisBehindLatest == 0 && !IsLast;

    /// <summary>Bytes of its data.</summary>
    public long Bytes => Records.Sum(static record => (long)record.Data.Length);
}
