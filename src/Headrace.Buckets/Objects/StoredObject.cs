using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;

namespace Headrace.Buckets.Objects;

/// <summary>An object that is wholly there. A put of the same key makes a new one; this one stays as it was.</summary>
public sealed record StoredObject
{
    public required string Bucket { get; init; }

    /// <summary>1 to 1024 bytes of UTF-8.</summary>
    public required string Key { get; init; }

    /// <summary>Without quotes: hex MD5 of the bytes, or for a multipart object that of its parts' MD5s and <c>-</c> and their number.</summary>
    public required string ETag { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>What to answer a reader with, by lower-case header name: <c>content-type</c>, <c>x-amz-meta-…</c> and the like.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Names this version of the key; <c>null</c> where none are kept.</summary>
    public string VersionId { get; init; } = Versions.VersionId.Null;

    /// <summary>Who may use it, and until when it can't be deleted.</summary>
    public ObjectControls Controls { get; init; } = ObjectControls.None;

    /// <summary>The account that it belongs to; null for the bucket's owner.</summary>
    public string? Owner { get; init; }

    public ObjectChecksum? Checksum { get; init; }

    /// <summary>Its parts, in order; null for an object that was not uploaded in parts.</summary>
    public IReadOnlyList<ObjectPart>? Parts
    {
        // Of objects from before their parts were kept, only the parts' files tell.
        get => field ?? (IsMultipart ? [.. Files.Select((file, index) => new ObjectPart(index + 1, file.Length))] : null);
        init;
    }

    /// <summary>The checksums of its parts, of which its own was made; null where they are not known.</summary>
    internal IReadOnlyList<string>? PartChecksums { get; init; }

    /// <summary>True when its bytes are encrypted with a key that who reads it must bring.</summary>
    public bool IsKeyed => KeySeal is not null;

    internal string? KeySeal { get; init; }

    internal bool IsMultipart { get; init; }

    /// <summary>Grows with each version of the key.</summary>
    internal long Sequence { get; init; }

    internal IReadOnlyList<BodyFile> Files { get; init; } = [];

    /// <summary>The checksum of a part by its place in <see cref="Parts"/>; null where it is not known.</summary>
    public ObjectChecksum? PartChecksum(int index) =>
        PartChecksums is { } values && Checksum is { } whole ? whole with { Value = values[index] } : null;

    /// <summary>True when what the index has now is this very object, and nothing about it was changed.</summary>
    internal bool IsUnchanged(StoredObject? now) =>
        now is not null
        && now.ETag == ETag
        && now.VersionId == VersionId
        && now.Sequence == Sequence
        && now.ModifiedAt == ModifiedAt
        && now.Files.SequenceEqual(Files)
        && now.Controls.ToText() == Controls.ToText()
        && IsSame(now.Headers, Headers)
        && IsSame(now.Tags, Tags);

    private static bool IsSame(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value);

    /// <summary>Compares the key that a reader brings with the one that the object was encrypted with.</summary>
    /// <exception cref="BucketsException">The key is missing, another one, or not asked for.</exception>
    public void CheckKey(CustomerKey? key)
    {
        if (KeySeal is null)
        {
            if (key is not null)
                throw new BucketsException(BucketsFault.CustomerKeyUnexpected, "The encryption parameters are not applicable to this object.");
            return;
        }
        if (key is null)
            throw new BucketsException(BucketsFault.CustomerKeyMissing, "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.");
        if (!key.Opens(KeySeal))
            throw new BucketsException(BucketsFault.CustomerKeyWrong, "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.");
    }
}
