namespace Headrace.Buckets;

/// <summary>The <see cref="BucketStore"/> refused a request; nothing has changed.</summary>
public sealed class BucketsException(BucketsFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public BucketsFault Fault { get; } = fault;
}
