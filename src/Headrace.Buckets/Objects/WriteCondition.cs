namespace Headrace.Buckets.Objects;

/// <summary>Under which condition a key may be written or deleted; checked in the same transaction.</summary>
/// <param name="IfMatch">The ETag, without quotes, that the key's object must have; <c>*</c> for any object.</param>
/// <param name="IfNoneMatch">The ETag that it must not have; <c>*</c> where the key must not exist.</param>
/// <param name="IfModifiedAt">The second in which the object must have been written last.</param>
/// <param name="IfLength">How many bytes it must have.</param>
public readonly record struct WriteCondition(string? IfMatch = null, string? IfNoneMatch = null, DateTimeOffset? IfModifiedAt = null, long? IfLength = null)
{
    private const string Any = "*";

    /// <summary>True where something is asked of the object that is there.</summary>
    internal bool ExpectsAnObject => IfMatch is not null || IfModifiedAt is not null || IfLength is not null;

    /// <summary>Checks a put.</summary>
    /// <exception cref="BucketsException">PreconditionFailed, or NoSuchKey where an object was expected and none is there.</exception>
    internal void Check(string key, StoredObject? current)
    {
        if (current is not null && (IfNoneMatch == Any || IfNoneMatch == current.ETag))
            throw Failed("If-None-Match");
        if (!ExpectsAnObject)
            return;
        if (current is null)
            throw BucketsException.NoSuchKey(key);
        CheckIs(current);
    }

    /// <summary>Checks a delete of something that is there; of a delete marker only <c>*</c> holds.</summary>
    /// <exception cref="BucketsException">PreconditionFailed.</exception>
    internal void CheckDelete(StoredObject? current)
    {
        if (current is not null)
            CheckIs(current);
        else if (ExpectsAnObject && this != new WriteCondition(IfMatch: Any))
            throw Failed(IfMatch is not null ? "If-Match" : IfModifiedAt is not null ? "x-amz-if-match-last-modified-time" : "x-amz-if-match-size");
    }

    private void CheckIs(StoredObject current)
    {
        if (IfMatch is not (null or Any) && IfMatch != current.ETag)
            throw Failed("If-Match");
        if (IfModifiedAt is { } time && time.ToUnixTimeSeconds() != current.ModifiedAt.ToUnixTimeSeconds())
            throw Failed("x-amz-if-match-last-modified-time");
        if (IfLength is { } length && length != current.Length)
            throw Failed("x-amz-if-match-size");
    }

    private static BucketsException Failed(string condition) =>
        new(BucketsFault.PreconditionFailed, "At least one of the pre-conditions you specified did not hold") { Resource = condition };
}
