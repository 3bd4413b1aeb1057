using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>The account: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>The account's settings in this region.</summary>
    public Task<DescribeAccountSettingsResponse> DescribeAccountSettingsAsync(CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeAccountSettings", KinesisJson.Default.DescribeAccountSettingsResponse, cancellationToken);

    /// <summary>How many shards and on-demand streams the account has and may have.</summary>
    public Task<DescribeLimitsResponse> DescribeLimitsAsync(CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeLimits", KinesisJson.Default.DescribeLimitsResponse, cancellationToken);

    /// <summary>Changes the account's settings in this region.</summary>
    public Task<UpdateAccountSettingsResponse> UpdateAccountSettingsAsync(UpdateAccountSettingsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateAccountSettings", request, KinesisJson.Default.UpdateAccountSettingsRequest, KinesisJson.Default.UpdateAccountSettingsResponse, cancellationToken);
}
