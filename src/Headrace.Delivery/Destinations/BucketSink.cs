using Headrace.Buckets;

namespace Headrace.Delivery.Destinations;

/// <summary>Puts objects into this server's own buckets.</summary>
internal sealed class BucketSink(BucketStore buckets) : IObjectSink
{
    public async Task PutAsync(string bucket, string key, ReadOnlyMemory<byte> body, string? contentEncoding, CancellationToken cancellation)
    {
        if (!buckets.BucketExists(bucket))
            throw new DeliveryStandstillException("S3.NoSuchBucket", $"There is no bucket {bucket}.");
        await buckets.PutObjectAsync(bucket, key, body, "application/octet-stream", contentEncoding, cancellation);
    }

    public Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation) => Task.FromResult(buckets.ObjectExists(bucket, key));
}
