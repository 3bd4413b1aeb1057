using Headrace.Cli.Output;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>A pipeline run's progress as counters that a user watches.</summary>
internal sealed class EtlCounters : IProgress<PipelineProgress>
{
    private readonly ProgressCounter _read = new("read", null);
    private readonly ProgressCounter _dropped = new("dropped", null);
    private readonly ProgressCounter _deadLettered = new("dead letters", null);
    private readonly ProgressCounter _behind = new("behind latest", null) { Unit = "ms" };
    private readonly ProgressCounter _checkpointAge = new("checkpoint age", null) { Unit = "ms" };
    private readonly Dictionary<string, ProgressCounter> _routed;

    public EtlCounters(IEnumerable<string> destinations) =>
        _routed = destinations.ToDictionary(static name => name, static name => new ProgressCounter($"to {name}", null));

    public IReadOnlyList<ProgressCounter> All => [_read, .. _routed.Values, _dropped, _deadLettered, _behind, _checkpointAge];

    /// <summary>The newest state; null before the run has said anything.</summary>
    public PipelineProgress? Latest { get; private set; }

    public void Report(PipelineProgress value)
    {
        Latest = value;
        _read.Set(value.Read);
        _dropped.Set(value.Dropped);
        _deadLettered.Set(value.DeadLettered);
        _behind.Set(value.MillisBehindLatest);
        _checkpointAge.Set((long)(value.CheckpointAge ?? TimeSpan.Zero).TotalMilliseconds);
        foreach (var (name, count) in value.Routed)
            _routed[name].Set(count);
    }
}
