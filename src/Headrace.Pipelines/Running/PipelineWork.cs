using System.Collections.Concurrent;

namespace Headrace.Pipelines;

/// <summary>What the shards of one run share: steps and routes at work, as many at a time as the pipeline allows, and the dead letters. Thread-safe.</summary>
internal sealed class PipelineWork : IDisposable
{
    private readonly PipelinePlan _plan;
    private readonly IDeadLetterOffice _office;
    private readonly ConcurrentBag<PageWork> _work = [];
    private readonly SemaphoreSlim _workers;

    /// <param name="plan">The pipeline.</param>
    /// <param name="office">Keeps the dead letters.</param>
    /// <param name="tally">Counts the records.</param>
    public PipelineWork(PipelinePlan plan, IDeadLetterOffice office, PipelineTally tally)
    {
        (_plan, _office, Tally) = (plan, office, tally);
        _workers = new SemaphoreSlim(plan.Parallelism);
        // Faults of steps show before anything is read.
        _work.Add(new PageWork(plan));
    }

    public PipelineTally Tally { get; }

    /// <summary>Takes a page through steps and routes.</summary>
    public async Task<PageResult> WorkAsync(SourcePage page, CancellationToken cancellationToken)
    {
        await _workers.WaitAsync(cancellationToken);
        try
        {
            if (!_work.TryTake(out var work))
                work = new PageWork(_plan);
            var result = await work.RunAsync(page, cancellationToken);
            _work.Add(work);
            Tally.CountSteps(result.Transformed, result.Dropped);
            return result;
        }
        finally
        {
            _workers.Release();
        }
    }

    public async Task PostFaultsAsync(object lane, SourcePage page, PageResult result, CancellationToken cancellationToken)
    {
        if (result.Faults.Count > 0)
            await PostAsync(lane, [.. DeadLetterMaking.OfRecords(_plan, page, result)], cancellationToken);
    }

    public Task PostRefusedAsync(object lane, SourcePage page, RefusedOutput refused, CancellationToken cancellationToken) =>
        PostAsync(lane, [DeadLetterMaking.OfRefused(_plan, page, refused, epoch: "")], cancellationToken);

    /// <summary>A lane has ended.</summary>
    public void Leave(object lane) => _office.Leave(lane);

    public void Dispose()
    {
        while (_work.TryTake(out var work))
            work.Dispose();
    }

    private async Task PostAsync(object lane, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        DeadLetterMaking.StopIfAsked(_plan, letters);
        await _office.PostAsync([.. letters.Select(letter => letter with { Lane = lane })], cancellationToken);
        Tally.CountDeadLettered(letters.Count);
    }
}
