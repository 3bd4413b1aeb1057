namespace Headrace.Server.Pipelines;

/// <summary>
/// All workers of a pipeline's group, with what they did together since the first of them told of itself. The book's lock guards it.
/// </summary>
internal sealed class PipelineGroup(PipelineKey key, int maxWorkers)
{
    private readonly Dictionary<string, PipelineWorker> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PipelineRouteReport> _routes = new(StringComparer.Ordinal);
    private PipelineCounts _counts;
    private string _deadLetters = "";

    /// <summary>When a worker last told of itself.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Takes what a worker tells; totals grow by what came since it last did, so that they outlive it.</summary>
    public void Take(PipelineReport report, bool isLast, DateTimeOffset now)
    {
        var before = _workers.GetValueOrDefault(report.Worker)?.Report;
        _counts += report.Counts.Since(before?.Counts ?? default);
        foreach (var route in report.Routes)
        {
            var earlier = before?.Routes.FirstOrDefault(each => each.Name == route.Name)?.Records ?? 0;
            _routes[route.Name] = route with { Records = (_routes.GetValueOrDefault(route.Name)?.Records ?? 0) + Math.Max(0, route.Records - earlier) };
        }
        // A pipeline that was changed has other routes; those of old reports are gone.
        foreach (var name in _routes.Keys.Except(report.Routes.Select(route => route.Name)).ToList())
            _routes.Remove(name);
        (_deadLetters, LastAt) = (report.DeadLetters, now);
        if (isLast)
            _workers.Remove(report.Worker);
        else
            _workers[report.Worker] = new PipelineWorker(report, now);
        if (_workers.Count > maxWorkers)
            _workers.Remove(_workers.MinBy(worker => worker.Value.At).Key);
    }

    public PipelineState Look(DateTimeOffset now, TimeSpan silence) => new(
        key, _deadLetters, _counts, [.. _routes.Values], LastAt,
        [.. _workers.Values.Where(worker => now - worker.At <= silence).OrderBy(worker => worker.Report.Worker, StringComparer.Ordinal)]);
}
