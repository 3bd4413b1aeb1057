namespace Headrace.Pipelines;

/// <summary>How far a run has come, in records.</summary>
/// <param name="Routed">Records that are durable in each destination, by its name.</param>
public sealed record EtlProgress(long Read, long Transformed, IReadOnlyDictionary<string, long> Routed, long DeadLettered);
