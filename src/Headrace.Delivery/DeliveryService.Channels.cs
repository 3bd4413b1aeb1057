using Headrace.ControlPlane;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Sources;
using Headrace.Streams;

namespace Headrace.Delivery;

public sealed partial class DeliveryService
{
    /// <summary>The channels of an account in a region, in any state, by their names in ordinal order.</summary>
    public IEnumerable<Channel> ChannelsOf(AccountScope scope) =>
        _deliveryStreams.Values.Where(stream => stream.Scope == scope && stream.Type == DeliveryStreamType.Channel).Select(stream => new Channel(stream)).OrderBy(channel => channel.Name, StringComparer.Ordinal);

    /// <summary>Creates a channel, which is CREATING for a moment. It starts at the end of its data stream.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound, InvalidArgument, Validation, ResourceInUse, LimitExceeded or Unavailable.</exception>
    public async Task<Channel> CreateChannelAsync(AccountScope scope, ChannelDefinition definition, CancellationToken cancellation = default)
    {
        var source = new KinesisStreamSource(definition.StreamArn, definition.RoleArn);
        if (!source.TryLocate(out var place, out var name))
            throw new DeliveryException(DeliveryFault.ResourceNotFound, $"The stream {definition.StreamArn} was not found.");
        if (place != scope)
            throw DeliveryException.InvalidArgument($"The stream {definition.StreamArn} is not of the channel's account and region.");
        if (_streams.Find(place, name) is not { } stream)
            throw new DeliveryException(DeliveryFault.ResourceNotFound, $"Stream {name} under account {place.AccountId} not found.");
        var destination = ChannelRules.DestinationOf(definition, stream, Guid.NewGuid().ToString(), _options.EnforceLimits);
        if (_options.EnforceLimits && ChannelsOf(scope).Any(channel => channel.StreamArn == definition.StreamArn))
            throw new DeliveryException(DeliveryFault.LimitExceeded, $"The stream {name} has a channel to S3 already.");
        return new Channel(await CreateAsync(
            scope,
            new DeliveryStreamDefinition
            {
                Name = Channel.StreamNameOf(definition.Name),
                Type = DeliveryStreamType.Channel,
                Destination = destination,
                KinesisSource = source,
                Tags = definition.Tags,
            },
            cancellation));
    }

    /// <exception cref="DeliveryException">ResourceNotFound.</exception>
    public Channel GetChannel(AccountScope scope, string arn) =>
        ChannelsOf(scope).FirstOrDefault(channel => channel.Arn == arn) ?? throw new DeliveryException(DeliveryFault.ResourceNotFound, $"Channel {arn} under account {scope.AccountId} not found.");

    /// <summary>Changes what is given; the channel is UPDATING for a moment.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound, ResourceInUse or InvalidArgument.</exception>
    public async Task<Channel> UpdateChannelAsync(AccountScope scope, string arn, int? freshnessSeconds, CloudWatchLogging? logging, CancellationToken cancellation = default)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var channel = GetChannel(scope, arn);
            RequireActive(channel);
            var stream = channel.Stream;
            var next = ChannelRules.Updated(stream.Destination, freshnessSeconds, logging, _options.EnforceLimits);
            var version = new DeliveryStream.DestinationVersion(next, stream.Current.Number + 1, _options.Time.GetUtcNow());
            _tables.Update(stream.Id, next, version.Number, version.UpdatedAt!.Value);
            stream.Become(version);
            return channel;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops delivery at once and deletes the channel; it is DELETING for a moment. What is delivered stays.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound; ResourceInUse while it is being created.</exception>
    public Task DeleteChannelAsync(AccountScope scope, string arn, CancellationToken cancellation = default)
    {
        var channel = GetChannel(scope, arn);
        if (channel.Status == ChannelStatus.Creating)
            RequireActive(channel);
        return DeleteAsync(scope, channel.Stream.Name, cancellation);
    }

    private static void RequireActive(Channel channel)
    {
        if (channel.Status != ChannelStatus.Active)
            throw new DeliveryException(DeliveryFault.ResourceInUse, $"Channel {channel.Arn} is not ACTIVE, but {channel.Status.ToString().ToUpperInvariant()}.");
    }

    private static string AlreadyExists(AccountScope scope, DeliveryStreamDefinition definition) => definition.Destination.Channel is { } channel
        ? $"Channel {channel.Name} under account {scope.AccountId} already exists."
        : $"Firehose {definition.Name} under accountId {scope.AccountId} already exists";

    /// <summary>Why a data stream can't be deleted now: channels read it.</summary>
    private string? HindranceToDelete(DataStream stream) =>
        ChannelsOf(stream.Scope).FirstOrDefault(channel => channel.StreamArn == stream.Arn && channel.Status != ChannelStatus.Deleting) is { } channel
            ? $"Stream {stream.Name} under account {stream.Scope.AccountId} has the channel {channel.Arn}, which has to be deleted first."
            : null;
}
