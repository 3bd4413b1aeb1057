using Headrace.Buckets.Objects;

namespace Headrace.Buckets.Versions;

/// <summary>One version of a key: an object, or the mark that the key was deleted.</summary>
public sealed record ObjectVersion
{
    public required string Key { get; init; }

    public required string VersionId { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>True for the newest version of the key.</summary>
    public bool IsLatest { get; init; }

    /// <summary>Null for a delete marker.</summary>
    public StoredObject? Object { get; init; }

    public bool IsDeleteMarker => Object is null;

    /// <summary>When a newer version came; null for the newest.</summary>
    internal DateTimeOffset? SupersededAt { get; init; }

    /// <summary>Grows with each version of the key.</summary>
    internal long Sequence { get; init; }
}
