namespace Headrace.Buckets.Checksums;

/// <summary>The checksums that a client may ask for beside the MD5 of every object.</summary>
public enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}
