using Headrace.ControlPlane;
using Headrace.Streams.Consumers;
using Headrace.Streams.Resources;

namespace Headrace.Streams;

// Registered consumers.
public sealed partial class StreamCatalog
{
    /// <summary>Registers a consumer; it passes from CREATING to ACTIVE by itself.</summary>
    /// <param name="scope">Whose and where the stream is.</param>
    /// <param name="streamName">The stream.</param>
    /// <param name="consumerName">The consumer's name, once in a stream.</param>
    /// <param name="tags">Tags to begin with.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StreamsException">ResourceNotFound. ResourceInUse: the stream isn't active, or has such a consumer. LimitExceeded. InvalidArgument: too many tags.</exception>
    public Task<StreamConsumer> RegisterConsumerAsync(
        AccountScope scope, string streamName, string consumerName, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                var stream = Get(scope, streamName);
                stream.RequireServing();
                if (stream.Consumers.Any(consumer => consumer.Name == consumerName))
                    throw new StreamsException(StreamsFault.ResourceInUse, $"Consumer {consumerName} under stream {streamName} already exists for account {scope.AccountId}.");
                TagRules.Check($"consumer {consumerName}", scope, tags);
                TagRules.RequireRoom($"consumer {consumerName}", scope, tags.Select(tag => tag.Key));
                if (stream.Consumers.Count >= StreamLimits.MaxConsumers)
                {
                    throw new StreamsException(
                        StreamsFault.LimitExceeded,
                        $"Stream {streamName} under account {scope.AccountId} has reached the limit of {StreamLimits.MaxConsumers} registered consumers.");
                }
                RequireFewCreating(stream);
                var now = DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds());
                var consumer = new StreamConsumer(_consumers.Insert(stream.Id, consumerName, now, tags), stream, consumerName, now) { Status = ConsumerStatus.Creating };
                stream.Consumers = [.. stream.Consumers, consumer];
                AfterStateDelay(() => ActivateConsumerAsync(consumer));
                return Task.FromResult(consumer);
            },
            cancellation);

    /// <summary>Removes a consumer; it passes from DELETING to nothing by itself.</summary>
    public Task DeregisterConsumerAsync(StreamConsumer consumer, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                if (consumer.Status != ConsumerStatus.Deleting)
                {
                    _consumers.SaveStatus(consumer.Id, ConsumerStatus.Deleting);
                    consumer.Status = ConsumerStatus.Deleting;
                    _subscriptions.Remove(consumer);
                    AfterStateDelay(() => RemoveConsumerAsync(consumer));
                }
                return Task.FromResult(consumer);
            },
            cancellation);

    /// <summary>The consumer of that name in any state.</summary>
    /// <exception cref="StreamsException">ResourceNotFound: the stream or the consumer.</exception>
    public StreamConsumer GetConsumer(AccountScope scope, string streamName, string consumerName) =>
        Get(scope, streamName).Consumers.FirstOrDefault(consumer => consumer.Name == consumerName) ?? throw ConsumerNotFound(scope, consumerName);

    /// <summary>The consumer that an ARN names, in any state.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public StreamConsumer GetConsumer(ConsumerArn arn)
    {
        var consumer = Find(arn.Scope, arn.StreamName)?.Consumers.FirstOrDefault(consumer => consumer.Name == arn.ConsumerName);
        return consumer?.CreatedAt.ToUnixTimeSeconds() == arn.CreatedSeconds ? consumer : throw ConsumerNotFound(arn.Scope, arn.ConsumerName);
    }

    private static StreamsException ConsumerNotFound(AccountScope scope, string consumerName) =>
        new(StreamsFault.ResourceNotFound, $"Consumer {consumerName}, account {scope.AccountId} not found.");

    /// <summary>Gives the streams the consumers that they had when the server ended; what was under way is finished.</summary>
    private void LoadConsumers()
    {
        foreach (var row in _consumers.Load())
        {
            if (row.Status == ConsumerStatus.Deleting || FindById(row.StreamId) is not { } stream)
            {
                _consumers.Delete(row.Id);
                continue;
            }
            if (row.Status != ConsumerStatus.Active)
                _consumers.SaveStatus(row.Id, ConsumerStatus.Active);
            stream.Consumers = [.. stream.Consumers, new StreamConsumer(row.Id, stream, row.Name, row.CreatedAt) { Status = ConsumerStatus.Active }];
        }
    }

    private async Task ActivateConsumerAsync(StreamConsumer consumer) => await ChangeAsync(
        () =>
        {
            if (consumer.Status == ConsumerStatus.Creating)
            {
                _consumers.SaveStatus(consumer.Id, ConsumerStatus.Active);
                consumer.Status = ConsumerStatus.Active;
            }
            return Task.FromResult(consumer);
        },
        _closing.Token);

    private async Task RemoveConsumerAsync(StreamConsumer consumer) => await ChangeAsync(
        () =>
        {
            _consumers.Delete(consumer.Id);
            consumer.Stream.Consumers = [.. consumer.Stream.Consumers.Where(other => other != consumer)];
            return Task.FromResult(consumer);
        },
        _closing.Token);
}
