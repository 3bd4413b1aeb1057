using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>What a stream is set to: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>Has a stream keep its records for a shorter time.</summary>
    public Task DecreaseStreamRetentionPeriodAsync(DecreaseStreamRetentionPeriodRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DecreaseStreamRetentionPeriod", request, KinesisJson.Default.DecreaseStreamRetentionPeriodRequest, cancellationToken);

    /// <summary>Turns metrics of shards off.</summary>
    public Task<EnhancedMonitoringResponse> DisableEnhancedMonitoringAsync(DisableEnhancedMonitoringRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DisableEnhancedMonitoring", request, KinesisJson.Default.DisableEnhancedMonitoringRequest, KinesisJson.Default.EnhancedMonitoringResponse, cancellationToken);

    /// <summary>Turns metrics of shards on.</summary>
    public Task<EnhancedMonitoringResponse> EnableEnhancedMonitoringAsync(EnableEnhancedMonitoringRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("EnableEnhancedMonitoring", request, KinesisJson.Default.EnableEnhancedMonitoringRequest, KinesisJson.Default.EnhancedMonitoringResponse, cancellationToken);

    /// <summary>Has a stream keep its records for a longer time.</summary>
    public Task IncreaseStreamRetentionPeriodAsync(IncreaseStreamRetentionPeriodRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("IncreaseStreamRetentionPeriod", request, KinesisJson.Default.IncreaseStreamRetentionPeriodRequest, cancellationToken);

    /// <summary>Has a stream keep its records encrypted from now on.</summary>
    public Task StartStreamEncryptionAsync(StartStreamEncryptionRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("StartStreamEncryption", request, KinesisJson.Default.StartStreamEncryptionRequest, cancellationToken);

    /// <summary>Has a stream keep its records as they come from now on.</summary>
    public Task StopStreamEncryptionAsync(StopStreamEncryptionRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("StopStreamEncryption", request, KinesisJson.Default.StopStreamEncryptionRequest, cancellationToken);

    /// <summary>Sets the largest record that a stream takes.</summary>
    public Task UpdateMaxRecordSizeAsync(UpdateMaxRecordSizeRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateMaxRecordSize", request, KinesisJson.Default.UpdateMaxRecordSizeRequest, cancellationToken);

    /// <summary>Has a stream scale by itself, or not any more.</summary>
    public Task UpdateStreamModeAsync(UpdateStreamModeRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateStreamMode", request, KinesisJson.Default.UpdateStreamModeRequest, cancellationToken);

    /// <summary>Sets how a stream gives records their shards.</summary>
    public Task UpdateStreamRecordDistributionStrategyAsync(UpdateStreamRecordDistributionStrategyRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateStreamRecordDistributionStrategy", request, KinesisJson.Default.UpdateStreamRecordDistributionStrategyRequest, cancellationToken);

    /// <summary>Sets what an on-demand stream takes at once.</summary>
    public Task<UpdateStreamWarmThroughputResponse> UpdateStreamWarmThroughputAsync(UpdateStreamWarmThroughputRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateStreamWarmThroughput", request, KinesisJson.Default.UpdateStreamWarmThroughputRequest, KinesisJson.Default.UpdateStreamWarmThroughputResponse, cancellationToken);
}
