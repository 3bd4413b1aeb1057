namespace Headrace.Buckets.Versions;

/// <summary>What a delete did.</summary>
/// <param name="VersionId">The version that was deleted or, of a delete marker that was made, its own; null where no versions are kept.</param>
/// <param name="IsDeleteMarker">True when a delete marker was made, or the version deleted was one.</param>
public readonly record struct Deletion(string? VersionId, bool IsDeleteMarker);
