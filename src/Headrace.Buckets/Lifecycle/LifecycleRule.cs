using Headrace.Buckets.Objects;

namespace Headrace.Buckets.Lifecycle;

/// <summary>One rule: which objects it is for, and when what happens to them. Days end at midnight, UTC.</summary>
public sealed record LifecycleRule
{
    public required string Id { get; init; }

    public bool IsEnabled { get; init; }

    public string Prefix { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Only objects of more bytes.</summary>
    public long? LargerThan { get; init; }

    /// <summary>Only objects of fewer bytes.</summary>
    public long? SmallerThan { get; init; }

    /// <summary>An object expires so many days after it was written.</summary>
    public int? ExpirationDays { get; init; }

    /// <summary>All objects expire from this midnight on.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>A delete marker that is a key's only version is removed.</summary>
    public bool ExpiresLoneMarkers { get; init; }

    /// <summary>A past version goes so many days after a newer one came.</summary>
    public int? NoncurrentDays { get; init; }

    /// <summary>So many of a key's newest past versions stay.</summary>
    public int KeptNoncurrentVersions { get; init; }

    /// <summary>An upload in parts that was not completed is aborted so many days after it was begun.</summary>
    public int? AbortUploadsAfterDays { get; init; }

    internal bool Concerns(StoredObject found) =>
        IsEnabled
        && found.Key.StartsWith(Prefix, StringComparison.Ordinal)
        && Tags.All(tag => found.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value)
        && !(found.Length <= LargerThan)
        && !(found.Length >= SmallerThan);

    /// <summary>When an object expires by this rule; null for never.</summary>
    internal DateTimeOffset? ExpiryOf(StoredObject found) =>
        ExpirationDate ?? (ExpirationDays is { } days ? EndOfDays(found.ModifiedAt, days) : null);

    /// <summary>The first midnight that is so many days after a time.</summary>
    internal static DateTimeOffset EndOfDays(DateTimeOffset from, int days)
    {
        var after = from.ToUniversalTime().AddDays(days);
        var midnight = new DateTimeOffset(after.Date, TimeSpan.Zero);
        return midnight == after ? midnight : midnight.AddDays(1);
    }
}
