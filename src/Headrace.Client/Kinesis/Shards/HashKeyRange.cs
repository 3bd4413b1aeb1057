namespace Headrace.Client.Kinesis;

/// <summary>A range of hash keys, with both ends.</summary>
public sealed record HashKeyRange
{
    /// <summary>The first hash key, decimal.</summary>
    public required string StartingHashKey { get; init; }

    /// <summary>The last hash key, decimal.</summary>
    public required string EndingHashKey { get; init; }
}
