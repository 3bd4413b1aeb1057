namespace Headrace.Pipelines;

/// <summary>One destination, as the records of one source shard see it. Not thread-safe.</summary>
internal interface IOutlet : IAsyncDisposable
{
    /// <summary>
    /// Takes outputs in order, behind all that it was given before. The outer task ends when it has taken them, the inner one when all
    /// are durable or refused.
    /// </summary>
    ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken);

    /// <summary>Nothing of what was taken waits for more to come.</summary>
    void Flush()
    {
    }
}
