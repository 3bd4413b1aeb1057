namespace Headrace.Client.Kinesis;

/// <summary>What <c>CreateChannel</c> answers.</summary>
public sealed record CreateChannelResponse
{
    /// <summary>The channel.</summary>
    public required ChannelDescription ChannelDescription { get; init; }
}
