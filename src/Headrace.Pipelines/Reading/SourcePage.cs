using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Records of one shard, in order, that were read together. Those that came in one aggregate are in one page.</summary>
internal sealed record SourcePage(string ShardId, IReadOnlyList<ConsumedRecord> Records)
{
    /// <summary>Where a restart goes on when all of the page is settled.</summary>
    public string LastCheckpoint => Records[^1].Checkpoint;
}
