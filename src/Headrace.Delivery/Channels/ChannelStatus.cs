namespace Headrace.Delivery.Channels;

/// <summary>A channel's state, as AWS names it.</summary>
public enum ChannelStatus
{
    Creating,
    Active,
    Updating,
    Deleting,
}
