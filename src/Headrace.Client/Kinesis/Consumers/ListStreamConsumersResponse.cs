namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListStreamConsumers</c> answers.</summary>
public sealed record ListStreamConsumersResponse
{
    /// <summary>The consumers.</summary>
    public IReadOnlyList<RegisteredConsumer>? Consumers { get; init; }

    /// <summary>Where an earlier page said that the list goes on.</summary>
    public string? NextToken { get; init; }
}
