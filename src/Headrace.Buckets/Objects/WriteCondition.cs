namespace Headrace.Buckets.Objects;

/// <summary>Under which condition a key may be written or deleted; checked in the same transaction.</summary>
/// <param name="IfMatch">The ETag, without quotes, that the key's object must have; <c>*</c> for any object.</param>
/// <param name="IfNoneMatch">True when the key must not exist.</param>
/// <param name="IfModifiedAt">The second in which the object must have been written last.</param>
/// <param name="IfLength">How many bytes it must have.</param>
public readonly record struct WriteCondition(string? IfMatch = null, bool IfNoneMatch = false, DateTimeOffset? IfModifiedAt = null, long? IfLength = null)
{
    private bool ExpectsAnObject => IfMatch is not null || IfModifiedAt is not null || IfLength is not null;

    /// <exception cref="BucketsException">PreconditionFailed, or NoSuchKey where an object was expected and none is there.</exception>
    internal void Check(string key, StoredObject? current)
    {
        if (IfNoneMatch && current is not null)
            throw Failed("If-None-Match");
        if (!ExpectsAnObject)
            return;
        if (current is null)
            throw BucketsException.NoSuchKey(key);
        if (IfMatch is not (null or "*") && IfMatch != current.ETag)
            throw Failed("If-Match");
        if (IfModifiedAt is { } time && time.ToUnixTimeSeconds() != current.ModifiedAt.ToUnixTimeSeconds())
            throw Failed("x-amz-if-match-last-modified-time");
        if (IfLength is { } length && length != current.Length)
            throw Failed("x-amz-if-match-size");
    }

    private static BucketsException Failed(string condition) =>
        new(BucketsFault.PreconditionFailed, "At least one of the pre-conditions you specified did not hold") { Resource = condition };
}
