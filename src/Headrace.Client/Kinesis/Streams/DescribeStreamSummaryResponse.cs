namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeStreamSummary</c> answers.</summary>
public sealed record DescribeStreamSummaryResponse
{
    /// <summary>The stream.</summary>
    public required StreamDescriptionSummary StreamDescriptionSummary { get; init; }
}
