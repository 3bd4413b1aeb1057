namespace Headrace.Buckets.Objects;

/// <summary>Under which condition a key may be written or deleted; checked in the same transaction.</summary>
/// <param name="IfMatch">The ETag, without quotes, that the key's object must have; <c>*</c> for any object.</param>
/// <param name="IfNoneMatch">True when the key must not exist.</param>
public readonly record struct WriteCondition(string? IfMatch = null, bool IfNoneMatch = false)
{
    /// <exception cref="BucketsException">PreconditionFailed, or NoSuchKey where an object was expected and none is there.</exception>
    internal void Check(string key, string? currentETag)
    {
        if (IfNoneMatch && currentETag is not null)
            throw Failed();
        if (IfMatch is null)
            return;
        if (currentETag is null)
            throw BucketsException.NoSuchKey(key);
        if (IfMatch != "*" && IfMatch != currentETag)
            throw Failed();
    }

    private static BucketsException Failed() =>
        new(BucketsFault.PreconditionFailed, "At least one of the pre-conditions you specified did not hold");
}
