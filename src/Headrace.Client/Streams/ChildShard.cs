namespace Headrace.Client;

/// <summary>A shard that a closed shard was split or merged into; told with the closed shard's last page.</summary>
public sealed record ChildShard(string ShardId, IReadOnlyList<string> ParentShards);
