namespace Headrace.Buckets.Listing;

/// <summary>Which objects of a bucket to list.</summary>
public sealed record ListingRequest
{
    public required string Bucket { get; init; }

    /// <summary>Only keys that begin with it.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Keys that have it after the prefix are rolled up into one common prefix, which ends with it; null for none.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Only keys, and common prefixes, that sort after it.</summary>
    public string After { get; init; } = "";

    /// <summary>Keys and common prefixes together, at most.</summary>
    public int MaxKeys { get; init; } = 1000;

    /// <summary>What a key is rolled up into; null when it is listed itself.</summary>
    internal string? CommonPrefixOf(string key)
    {
        if (string.IsNullOrEmpty(Delimiter) || !key.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var at = key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + Delimiter.Length)];
    }
}
