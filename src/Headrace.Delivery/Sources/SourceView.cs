using Headrace.ShardLog;

namespace Headrace.Delivery.Sources;

/// <summary>A source's log and shards at one moment.</summary>
/// <param name="Id">Positions belong to a source of this number; a re-created stream has another.</param>
/// <param name="Log">Where the records are.</param>
/// <param name="Shards">Every shard and whether records may still come to it.</param>
internal sealed record SourceView(long Id, IShardLog Log, IReadOnlyList<(int Index, bool IsOpen)> Shards);
