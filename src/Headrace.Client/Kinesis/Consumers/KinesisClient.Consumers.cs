using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Registered consumers: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>Deregisters a consumer; its subscriptions end.</summary>
    public Task DeregisterStreamConsumerAsync(DeregisterStreamConsumerRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DeregisterStreamConsumer", request, KinesisJson.Default.DeregisterStreamConsumerRequest, cancellationToken);

    /// <summary>A registered consumer.</summary>
    public Task<DescribeStreamConsumerResponse> DescribeStreamConsumerAsync(DescribeStreamConsumerRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeStreamConsumer", request, KinesisJson.Default.DescribeStreamConsumerRequest, KinesisJson.Default.DescribeStreamConsumerResponse, cancellationToken);

    /// <summary>A page of a stream's registered consumers.</summary>
    public Task<ListStreamConsumersResponse> ListStreamConsumersAsync(ListStreamConsumersRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListStreamConsumers", request, KinesisJson.Default.ListStreamConsumersRequest, KinesisJson.Default.ListStreamConsumersResponse, cancellationToken);

    /// <summary>Registers a consumer, which can subscribe once it is <c>ACTIVE</c>.</summary>
    public Task<RegisterStreamConsumerResponse> RegisterStreamConsumerAsync(RegisterStreamConsumerRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("RegisterStreamConsumer", request, KinesisJson.Default.RegisterStreamConsumerRequest, KinesisJson.Default.RegisterStreamConsumerResponse, cancellationToken);
}
