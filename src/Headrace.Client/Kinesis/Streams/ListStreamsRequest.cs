namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListStreams</c> is asked.</summary>
public sealed record ListStreamsRequest
{
    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? Limit { get; init; }

    /// <summary>The name behind which the list goes on.</summary>
    public string? ExclusiveStartStreamName { get; init; }

    /// <summary>Where an earlier page said that the list goes on.</summary>
    public string? NextToken { get; init; }
}
