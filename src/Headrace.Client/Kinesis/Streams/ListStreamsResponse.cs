namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListStreams</c> answers.</summary>
public sealed record ListStreamsResponse
{
    /// <summary>Names of streams.</summary>
    public required IReadOnlyList<string> StreamNames { get; init; }

    /// <summary>Whether the list goes on behind these.</summary>
    public required bool HasMoreStreams { get; init; }

    /// <summary>Where an earlier page said that the list goes on.</summary>
    public string? NextToken { get; init; }

    /// <summary>The same streams with what they are.</summary>
    public IReadOnlyList<ListedStream>? StreamSummaries { get; init; }
}
