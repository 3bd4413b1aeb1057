namespace Headrace.Buckets.Retention;

/// <summary>Until when a version can't be deleted.</summary>
public sealed record ObjectRetention(RetentionMode Mode, DateTimeOffset Until);
