using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Channels;

/// <summary>
/// A channel: a delivery stream under another face, that is created on a data stream and names its objects by a template. Thread-safe.
/// </summary>
public sealed class Channel
{
    private const string NamePrefix = "channel/";

    internal Channel(DeliveryStream stream) => Stream = stream;

    public string Id => Settings.Id;

    public string Name => Settings.Name;

    public string Arn => Stream.Arn;

    public DateTimeOffset CreatedAt => Stream.CreatedAt;

    public string RoleArn => Destination.RoleArn;

    /// <summary>The data stream that it reads.</summary>
    public string StreamArn => Stream.KinesisSource!.StreamArn;

    public ChannelSettings Settings => Destination.Channel!;

    public S3Destination Destination => Stream.Destination;

    public ChannelStatus Status => Stream.Status switch
    {
        DeliveryStreamStatus.Creating => ChannelStatus.Creating,
        DeliveryStreamStatus.Deleting => ChannelStatus.Deleting,
        _ => Stream.WasJustUpdated ? ChannelStatus.Updating : ChannelStatus.Active,
    };

    /// <summary>The delivery stream that it is.</summary>
    public DeliveryStream Stream { get; }

    /// <summary>What its delivery stream is called, which no delivery stream of Firehose can be.</summary>
    internal static string StreamNameOf(string channelName) => NamePrefix + channelName;
}
