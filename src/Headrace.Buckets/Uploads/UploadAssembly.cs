using System.Security.Cryptography;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;

namespace Headrace.Buckets.Uploads;

/// <summary>Makes the object that an upload's parts add up to, by S3's rules.</summary>
internal static class UploadAssembly
{
    private const long MinPartLength = 5 << 20;

    public static StoredObject Assemble(MultipartUpload upload, IReadOnlyList<UploadedPart> stored, IReadOnlyList<PartReference> named, DateTimeOffset now)
    {
        if (upload is { ChecksumAlgorithm: { } agreed, ChecksumType: ChecksumType.Composite } && named.Any(part => part.Checksum is null))
            throw MissingChecksum(agreed, named.First(part => part.Checksum is null).Number);
        var parts = Choose(stored, named);
        var md5s = parts.SelectMany(part => Convert.FromHexString(part.ETag)).ToArray();
        var checksum = ChecksumOf(upload, parts);
        return new StoredObject
        {
            Bucket = upload.Target.Bucket,
            Key = upload.Target.Key,
            ETag = $"{Convert.ToHexStringLower(Md5Of(md5s))}-{parts.Count}",
            Length = parts.Sum(part => part.Length),
            ModifiedAt = now,
            Headers = upload.Target.Headers,
            Tags = upload.Target.Tags,
            Controls = upload.Target.Controls,
            Owner = upload.Target.Owner,
            KeySeal = upload.KeySeal,
            Checksum = checksum,
            PartChecksums = checksum is null ? null : [.. parts.Select(part => part.Checksum.Value)],
            Parts = [.. parts.Select(part => new ObjectPart(part.Number, part.Length))],
            IsMultipart = true,
            Files = [.. parts.SelectMany(part => part.Files)],
        };
    }

    private static List<UploadedPart> Choose(IReadOnlyList<UploadedPart> stored, IReadOnlyList<PartReference> named)
    {
        var byNumber = stored.ToDictionary(part => part.Number);
        var chosen = new List<UploadedPart>();
        foreach (var reference in named)
        {
            if (chosen.Count > 0 && reference.Number <= chosen[^1].Number)
            {
                throw new BucketsException(
                    BucketsFault.InvalidPartOrder,
                    "The list of parts was not in ascending order. The parts list must be specified in order by part number.");
            }
            if (!byNumber.TryGetValue(reference.Number, out var part) || part.ETag != reference.ETag
                || (reference.Checksum is not null && reference.Checksum != part.Checksum.Value))
            {
                throw new BucketsException(
                    BucketsFault.InvalidPart,
                    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
            }
            chosen.Add(part);
        }
        if (chosen.SkipLast(1).Any(part => part.Length < MinPartLength))
            throw new BucketsException(BucketsFault.EntityTooSmall, "Your proposed upload is smaller than the minimum allowed size");
        return chosen;
    }

    /// <summary>Null when parts came with checksums that were never agreed on, and so can't be put together.</summary>
    private static ObjectChecksum? ChecksumOf(MultipartUpload upload, List<UploadedPart> parts)
    {
        if (parts.Exists(part => part.Checksum.Algorithm != upload.PartAlgorithm))
            return null;
        return upload.ChecksumType == ChecksumType.Composite ? Composite(upload.PartAlgorithm, parts) : FullObject(upload.PartAlgorithm, parts);
    }

    private static BucketsException MissingChecksum(ChecksumAlgorithm agreed, int number) => new(
        BucketsFault.MissingPartChecksum,
        $"The upload was created using a {agreed.ToString().ToLowerInvariant()} checksum. The complete request must include the checksum for each part. It was missing for part {number} in the request.");

    private static ObjectChecksum Composite(ChecksumAlgorithm algorithm, List<UploadedPart> parts)
    {
        using var hash = ChecksumHash.Create(algorithm);
        foreach (var part in parts)
            hash.Append(Convert.FromBase64String(part.Checksum.Value));
        return new ObjectChecksum(algorithm, ChecksumType.Composite, $"{Convert.ToBase64String(hash.Value())}-{parts.Count}");
    }

    private static ObjectChecksum FullObject(ChecksumAlgorithm algorithm, List<UploadedPart> parts)
    {
        var value = parts
            .Select(part => (Value: Convert.FromBase64String(part.Checksum.Value), part.Length))
            .Aggregate((left, right) => (CyclicCombination.Combine(algorithm, left.Value, right.Value, right.Length), left.Length + right.Length))
            .Value;
        return new ObjectChecksum(algorithm, ChecksumType.FullObject, Convert.ToBase64String(value));
    }

#pragma warning disable CA5351 // S3 defines the ETag by MD5; nothing here rests on its strength.
    private static byte[] Md5Of(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
