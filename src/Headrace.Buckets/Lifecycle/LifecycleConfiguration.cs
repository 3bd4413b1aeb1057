namespace Headrace.Buckets.Lifecycle;

/// <summary>What a bucket does to its objects as they age.</summary>
/// <param name="Rules">The rules, of which all apply.</param>
/// <param name="Document">The configuration as it was put, to be given back.</param>
public sealed record LifecycleConfiguration(IReadOnlyList<LifecycleRule> Rules, string Document);
