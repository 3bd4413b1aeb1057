namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeLimits</c> answers.</summary>
public sealed record DescribeLimitsResponse
{
    /// <summary>How many shards the account may have.</summary>
    public required int ShardLimit { get; init; }

    /// <summary>Open shards.</summary>
    public required int OpenShardCount { get; init; }

    /// <summary>On-demand streams.</summary>
    public required int OnDemandStreamCount { get; init; }

    /// <summary>How many on-demand streams the account may have.</summary>
    public required int OnDemandStreamCountLimit { get; init; }
}
