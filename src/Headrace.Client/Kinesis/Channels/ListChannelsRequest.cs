namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListChannels</c> is asked.</summary>
public sealed record ListChannelsRequest
{
    /// <summary>Only the channels that read one of these streams.</summary>
    public IReadOnlyList<StreamFilter>? StreamFilter { get; init; }

    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the list goes on, as the page before says.</summary>
    public string? NextToken { get; init; }
}
