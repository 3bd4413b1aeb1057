namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeStream</c> answers.</summary>
public sealed record DescribeStreamResponse
{
    /// <summary>The stream.</summary>
    public required StreamDescription StreamDescription { get; init; }
}
