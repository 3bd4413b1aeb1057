namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeStreamConsumer</c> answers.</summary>
public sealed record DescribeStreamConsumerResponse
{
    /// <summary>The consumer.</summary>
    public required ConsumerDescription ConsumerDescription { get; init; }
}
