namespace Headrace.Client;

/// <summary>Records of one shard on their way to the loop that handles them.</summary>
internal sealed class GroupBatch(IReadOnlyList<ConsumedRecord> records)
{
    private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ConsumedRecord> Records { get; } = records;

    /// <summary>Whether nobody waits for it any more: the rest is another worker's.</summary>
    public bool IsOver => _handled.Task.IsCompleted;

    public void End() => _handled.TrySetResult();

    /// <summary>Waits until all of it was handled.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var over = cancellationToken.Register(() => _handled.TrySetCanceled(cancellationToken));
        await _handled.Task;
    }
}
