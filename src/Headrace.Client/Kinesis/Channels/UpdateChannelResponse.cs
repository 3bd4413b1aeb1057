namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateChannel</c> answers.</summary>
public sealed record UpdateChannelResponse
{
    /// <summary>The channel.</summary>
    public required ChannelDescription ChannelDescription { get; init; }
}
