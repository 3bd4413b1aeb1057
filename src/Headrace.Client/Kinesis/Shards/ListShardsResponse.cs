namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListShards</c> answers.</summary>
public sealed record ListShardsResponse
{
    /// <summary>The shards.</summary>
    public IReadOnlyList<Shard>? Shards { get; init; }

    /// <summary>Where an earlier page said that the list goes on.</summary>
    public string? NextToken { get; init; }
}
