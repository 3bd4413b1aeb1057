namespace Headrace.Delivery.Destinations;

/// <summary>An object on its way into a bucket. Immutable; the bytes are valid until it is put.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Body">Its bytes.</param>
public sealed record OutgoingObject(string Bucket, string Key, ReadOnlyMemory<byte> Body)
{
    public const string ContentType = "application/octet-stream";

    /// <summary>How the bytes are packed; null where they are plain.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The storage class that is asked for; null for the standard one.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The account that the bucket must belong to; null where anybody's will do.</summary>
    public string? ExpectedOwner { get; init; }

    /// <summary>The KMS key to encrypt it with; null for none.</summary>
    public string? KmsKey { get; init; }
}
