namespace Headrace.Buckets.Lifecycle;

/// <summary>When an object will expire, and by which rule.</summary>
public sealed record ObjectExpiry(DateTimeOffset At, string RuleId);
