using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>Registered consumers and their subscriptions.</summary>
public sealed partial class KinesisClient
{
    /// <summary>Registers a consumer with a stream, by the stream's ARN. It can subscribe once it is <c>ACTIVE</c>.</summary>
    public async Task<StreamConsumer> RegisterStreamConsumerAsync(string streamArn, string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("RegisterStreamConsumer", w =>
        {
            w.WriteString("StreamARN", streamArn);
            w.WriteString("ConsumerName", name);
        }, cancellationToken);
        return Consumer(answer.WrittenMemory, "Consumer");
    }

    /// <summary>A registered consumer of a stream.</summary>
    public async Task<StreamConsumer> DescribeStreamConsumerAsync(string streamArn, string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("DescribeStreamConsumer", w =>
        {
            w.WriteString("StreamARN", streamArn);
            w.WriteString("ConsumerName", name);
        }, cancellationToken);
        return Consumer(answer.WrittenMemory, "ConsumerDescription");
    }

    /// <summary>Deregisters a consumer; its subscriptions end.</summary>
    public async Task DeregisterStreamConsumerAsync(string streamArn, string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("DeregisterStreamConsumer", w =>
        {
            w.WriteString("StreamARN", streamArn);
            w.WriteString("ConsumerName", name);
        }, cancellationToken);
    }

    /// <summary>
    /// Has a shard's records pushed as soon as they are there. A subscription lasts five minutes, then its events end; go on behind
    /// <see cref="SubscribeToShardEvent.ContinuationSequenceNumber"/> with another one.
    /// </summary>
    public IAsyncEnumerable<SubscribeToShardEvent> SubscribeToShardAsync(
        string consumerArn, string shardId, StartingPosition position, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(position);
        return SubscribeToShardAsync(new SubscribeToShardRequest { ConsumerArn = consumerArn, ShardId = shardId, StartingPosition = position }, cancellationToken);
    }

    /// <inheritdoc cref="SubscribeToShardAsync(string, string, StartingPosition, CancellationToken)"/>
    public async IAsyncEnumerable<SubscribeToShardEvent> SubscribeToShardAsync(SubscribeToShardRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var position = request.StartingPosition;
        using var response = await _transport.OpenAsync("SubscribeToShard", w =>
        {
            w.WriteString("ConsumerARN", request.ConsumerArn);
            WriteOptional(w, "StreamId", request.StreamId);
            w.WriteString("ShardId", request.ShardId);
            w.WriteStartObject("StartingPosition");
            w.WriteString("Type", position.IteratorType);
            WriteOptional(w, "SequenceNumber", position.SequenceNumber);
            if (position.Timestamp is { } timestamp)
                w.WriteNumber("Timestamp", timestamp.ToUnixTimeMilliseconds() / 1000m);
            w.WriteEndObject();
            if (request.DryRun is { } dryRun)
                w.WriteBoolean("DryRun", dryRun);
        }, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var pushed in new SubscriptionStream(body, Endpoint, Time).ReadAsync(cancellationToken))
            yield return pushed;
    }

    private static StreamConsumer Consumer(ReadOnlyMemory<byte> answer, string member)
    {
        using var document = JsonDocument.Parse(answer);
        var consumer = document.RootElement.GetProperty(member);
        return new StreamConsumer(consumer.RequiredString("ConsumerName"), consumer.RequiredString("ConsumerARN"), consumer.RequiredString("ConsumerStatus"));
    }
}
