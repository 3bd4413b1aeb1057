namespace Headrace.Buckets.Versions;

/// <summary>One page of a bucket's versions: by key, each key's newest first.</summary>
/// <param name="Versions">The versions that were not rolled up.</param>
/// <param name="CommonPrefixes">What others were rolled up into.</param>
/// <param name="LastKey">The key or common prefix to list on after; null when there is no more.</param>
/// <param name="LastVersionId">The version of that key to list on after; null when all of the key's were listed.</param>
public sealed record VersionPage(IReadOnlyList<ObjectVersion> Versions, IReadOnlyList<string> CommonPrefixes, string? LastKey, string? LastVersionId);
