using Headrace.Buckets.Objects;

namespace Headrace.Buckets.Listing;

/// <summary>One page of a bucket's listing, in order of the keys' UTF-8 bytes.</summary>
/// <param name="Objects">The objects that were not rolled up.</param>
/// <param name="CommonPrefixes">What others were rolled up into.</param>
/// <param name="Last">The key or common prefix to list on after; null when there is no more.</param>
public sealed record ListingPage(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> CommonPrefixes, string? Last)
{
    public bool IsTruncated => Last is not null;
}
