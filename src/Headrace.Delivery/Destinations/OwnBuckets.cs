using Headrace.Buckets;

namespace Headrace.Delivery.Destinations;

/// <summary>Puts objects into this server's own buckets.</summary>
internal sealed class OwnBuckets(BucketStore buckets) : IObjectStore
{
    public async Task PutAsync(OutgoingObject outgoing, CancellationToken cancellation)
    {
        if (!buckets.BucketExists(outgoing.Bucket))
            throw new DeliveryStandstillException("S3.NoSuchBucket", $"There is no bucket {outgoing.Bucket}.");
        if (outgoing.ExpectedOwner is { } owner && buckets.GetBucket(outgoing.Bucket).Owner.AccountId != owner)
            throw new DeliveryStandstillException("S3.AccessDenied", $"The bucket {outgoing.Bucket} does not belong to the account {owner}.");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = OutgoingObject.ContentType };
        if (outgoing.ContentEncoding is { } encoding)
            headers["content-encoding"] = encoding;
        if (outgoing.StorageClass is { } storageClass)
            headers["x-amz-storage-class"] = storageClass;
        await buckets.PutObjectAsync(outgoing.Bucket, outgoing.Key, outgoing.Body, headers, cancellation);
    }

    public Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation) => Task.FromResult(buckets.ObjectExists(bucket, key));
}
