using Headrace.Buckets.Checksums;

namespace Headrace.Buckets.Bodies;

/// <summary>What a body that was written whole turned out to be.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Md5">16 bytes.</param>
/// <param name="Checksum">The checksum that was computed beside it.</param>
public sealed record BodyDigest(long Length, byte[] Md5, ObjectChecksum Checksum)
{
    /// <summary>The MD5 in lower-case hex, without quotes: how S3 names an object that was put at once. Of encrypted bytes, that of these.</summary>
    public string ETag { get; init; } = Convert.ToHexStringLower(Md5);
}
