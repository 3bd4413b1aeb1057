using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Records of one shard, in order, that were read together.</summary>
internal sealed record SourcePage(string ShardId, IReadOnlyList<ConsumedRecord> Records)
{
    /// <summary>Where a restart goes on when all of the page is settled.</summary>
    public string LastSequenceNumber => Records[^1].SequenceNumber;
}
