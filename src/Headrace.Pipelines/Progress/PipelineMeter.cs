using System.Diagnostics.Metrics;

namespace Headrace.Pipelines;

/// <summary>A run's progress as .NET's instruments, in the meter <c>Headrace.Pipelines</c>, for as long as the run lasts. docs/pipelines.md lists them.</summary>
internal sealed class PipelineMeter : IDisposable
{
    public const string Name = "Headrace.Pipelines";

    private readonly Meter _meter;

    public PipelineMeter(PipelinePlan plan, PipelineTally tally)
    {
        _meter = new Meter(Name, null, [new("pipeline", plan.Name), new("group", plan.Source.Group), new("source", plan.Source.Stream)]);
        Count("headrace.pipeline.read", "Source records taken in.", progress => progress.Read);
        Count("headrace.pipeline.transformed", "Source records that came through the steps.", progress => progress.Transformed);
        Count("headrace.pipeline.dropped", "Source records of which the steps made nothing, as they were told to.", progress => progress.Dropped);
        Count("headrace.pipeline.dead_lettered", "Source records among the dead letters.", progress => progress.DeadLettered);
        Count("headrace.pipeline.repeated", "Records that an earlier run had put into their destination.", progress => progress.Repeated);
        _meter.CreateObservableCounter(
            "headrace.pipeline.routed",
            () => tally.Snapshot().Routed.Select(one => new Measurement<long>(one.Value, new KeyValuePair<string, object?>("destination", one.Key))),
            "{record}", "Records that are durable in a destination.");
        _meter.CreateObservableGauge("headrace.pipeline.behind_latest", () => tally.Snapshot().MillisBehindLatest, "ms", "How far the source shard that is furthest behind is from its tip.");
        _meter.CreateObservableGauge("headrace.pipeline.checkpoint_age", () => Age(tally), "s", "How long ago the last checkpoint was saved.");

        void Count(string name, string description, Func<PipelineProgress, long> count) =>
            _meter.CreateObservableCounter(name, () => count(tally.Snapshot()), "{record}", description);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>No measurement before the first checkpoint.</summary>
    private static IEnumerable<Measurement<double>> Age(PipelineTally tally) =>
        tally.Snapshot().CheckpointAge is { } age ? [new Measurement<double>(age.TotalSeconds)] : [];
}
