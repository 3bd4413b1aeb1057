using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>A worker's own steps and routes. Not thread-safe.</summary>
internal sealed class PageWork : IDisposable
{
    private readonly StepChain _chain;
    private readonly Router _router;
    private readonly OutputNumbering _numbering;

    public PageWork(PipelinePlan plan)
    {
        _chain = new StepChain(plan.Steps);
        _router = new Router(plan);
        _numbering = new OutputNumbering(plan.Destinations.Count);
    }

    /// <summary>What becomes of a page.</summary>
    public async ValueTask<PageResult> RunAsync(SourcePage page, CancellationToken cancellationToken)
    {
        var batch = await _chain.RunAsync(page, cancellationToken);
        return Route(page, batch);
    }

    /// <summary>The source has ended; what the steps still held back.</summary>
    public async ValueTask<PageResult> EndAsync(CancellationToken cancellationToken)
    {
        var batch = await _chain.EndAsync(cancellationToken);
        return Route(batch.Page, batch);
    }

    /// <inheritdoc cref="StepChain.Save"/>
    public void Save(Utf8JsonWriter writer) => _chain.Save(writer);

    /// <inheritdoc cref="StepChain.Load"/>
    public void Load(JsonElement state) => _chain.Load(state);

    public void Dispose()
    {
        _chain.Dispose();
        _router.Dispose();
    }

    private PageResult Route(SourcePage page, StepBatch batch)
    {
        var through = CountOrigins(batch, page.Records.Count);
        var dropped = page.Records.Count - through - batch.Faults.Count;
        var outputs = new List<RoutedOutput>(batch.Messages.Count);
        _router.Route(batch, origin => page.Records[origin].PartitionKey, outputs);
        _numbering.Number(batch, outputs);
        return new PageResult(outputs, batch.Faults, batch.OrphanFaults, through, dropped);
    }

    private static int CountOrigins(StepBatch batch, int records)
    {
        var seen = new bool[records];
        var count = 0;
        foreach (var message in batch.Messages)
        {
            if (message.Origin == Message.NoOrigin || seen[message.Origin])
                continue;
            seen[message.Origin] = true;
            count++;
        }
        return count;
    }
}
