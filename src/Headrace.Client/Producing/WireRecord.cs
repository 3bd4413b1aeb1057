namespace Headrace.Client;

/// <summary>A record as it goes over the wire, and what a producer was given that it holds: one record, or those of an aggregate in their order.</summary>
/// <param name="First">Where its items begin in the batch.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Start">Where an aggregate's bytes begin among those of the batch's aggregates.</param>
/// <param name="Length">How many bytes the aggregate has.</param>
internal readonly record struct WireRecord(int First, int Count = 1, int Start = 0, int Length = 0)
{
    /// <summary>What its items count towards the buffer's bound.</summary>
    public long BufferedBytes { get; init; }

    /// <summary>Whether somebody waits for the end of one of them.</summary>
    public bool IsAwaited { get; init; }

    public bool IsAggregate => Count > 1;
}
