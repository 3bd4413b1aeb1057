using Headrace.Buckets.Checksums;

namespace Headrace.Buckets.Bodies;

/// <summary>What a body that was written whole turned out to be.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Md5">16 bytes.</param>
/// <param name="Checksum">The checksum that was asked for, big-endian; null for none.</param>
public sealed record BodyDigest(long Length, byte[] Md5, byte[]? Checksum)
{
    /// <summary>The MD5 in lower-case hex, as S3 names an object that was put at once.</summary>
    public string ETag { get; } = Convert.ToHexStringLower(Md5);

    internal ObjectChecksum? ChecksumAs(ChecksumAlgorithm? algorithm) => algorithm is { } known && Checksum is not null
        ? new ObjectChecksum(known, ChecksumType.FullObject, Convert.ToBase64String(Checksum))
        : null;
}
