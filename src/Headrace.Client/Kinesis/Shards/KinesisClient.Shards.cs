using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Shards: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>A page of a stream's shards.</summary>
    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListShards", request, KinesisJson.Default.ListShardsRequest, KinesisJson.Default.ListShardsResponse, cancellationToken);

    /// <summary>Merges two shards whose hash keys touch.</summary>
    public Task MergeShardsAsync(MergeShardsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("MergeShards", request, KinesisJson.Default.MergeShardsRequest, cancellationToken);

    /// <summary>Splits a shard in two.</summary>
    public Task SplitShardAsync(SplitShardRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("SplitShard", request, KinesisJson.Default.SplitShardRequest, cancellationToken);

    /// <summary>Reshards a stream to so many shards of equal range.</summary>
    public Task<UpdateShardCountResponse> UpdateShardCountAsync(UpdateShardCountRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateShardCount", request, KinesisJson.Default.UpdateShardCountRequest, KinesisJson.Default.UpdateShardCountResponse, cancellationToken);
}
