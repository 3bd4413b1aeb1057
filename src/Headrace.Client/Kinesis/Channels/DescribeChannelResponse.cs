namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeChannel</c> answers.</summary>
public sealed record DescribeChannelResponse
{
    /// <summary>The channel.</summary>
    public required ChannelDescription ChannelDescription { get; init; }
}
