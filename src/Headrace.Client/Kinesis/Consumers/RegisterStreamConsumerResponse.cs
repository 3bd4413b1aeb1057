namespace Headrace.Client.Kinesis;

/// <summary>What <c>RegisterStreamConsumer</c> answers.</summary>
public sealed record RegisterStreamConsumerResponse
{
    /// <summary>The consumer.</summary>
    public required RegisteredConsumer Consumer { get; init; }
}
