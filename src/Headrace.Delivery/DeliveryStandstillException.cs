namespace Headrace.Delivery;

/// <summary>Delivery can't go on for now, for a reason that AWS has a code for; it is tried again until it can.</summary>
public sealed class DeliveryStandstillException(string code, string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>AWS's code, such as <c>S3.NoSuchBucket</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Completes when what stands in the way is gone; null where only another attempt can tell.</summary>
    public Func<CancellationToken, Task>? Remedy { get; init; }
}
