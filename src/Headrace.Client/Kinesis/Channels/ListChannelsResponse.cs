namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListChannels</c> answers.</summary>
public sealed record ListChannelsResponse
{
    /// <summary>Channels.</summary>
    public required IReadOnlyList<ChannelSummary> ChannelSummaries { get; init; }

    /// <summary>Where the list goes on; null at its end.</summary>
    public string? NextToken { get; init; }
}
