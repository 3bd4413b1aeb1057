using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Objects;

namespace Headrace.Buckets.Uploads;

/// <summary>An upload in parts that is neither completed nor aborted.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Target">What it is to become.</param>
/// <param name="ChecksumAlgorithm">How the object's checksum is to be computed; null when the client left it to the store.</param>
/// <param name="ChecksumType">Over what.</param>
/// <param name="CreatedAt">When it was begun.</param>
public sealed record MultipartUpload(
    string Id, NewObject Target, ChecksumAlgorithm? ChecksumAlgorithm, ChecksumType ChecksumType, DateTimeOffset CreatedAt)
{
    /// <summary>The checksum that is computed over each part.</summary>
    public ChecksumAlgorithm PartAlgorithm => ChecksumAlgorithm ?? Checksums.ChecksumAlgorithm.Crc64Nvme;

    internal string? KeySeal { get; init; }

    /// <summary>Each part is encrypted with the key that the upload was begun with.</summary>
    /// <exception cref="BucketsException">The key is missing, another one, or not asked for.</exception>
    public void CheckKey(CustomerKey? key)
    {
        if (KeySeal is null != key is null)
        {
            throw new BucketsException(
                BucketsFault.CustomerKeyMissing, "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.");
        }
        if (key?.Opens(KeySeal!) == false)
            throw new BucketsException(BucketsFault.CustomerKeyUnexpected, "The provided encryption parameters did not match the ones used originally.");
    }
}
