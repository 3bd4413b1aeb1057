using Headrace.Buckets;

namespace Headrace.Delivery.Destinations;

/// <summary>Puts objects into this server's own buckets.</summary>
internal sealed class OwnBuckets(BucketStore buckets) : IObjectStore
{
    public BucketStore Store => buckets;

    /// <summary>What an object that is delivered is answered with.</summary>
    public static Dictionary<string, string> HeadersOf(string? contentEncoding, string? storageClass)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = OutgoingObject.ContentType };
        if (contentEncoding is not null)
            headers["content-encoding"] = contentEncoding;
        if (storageClass is not (null or S3Destination.StandardStorage))
            headers["x-amz-storage-class"] = storageClass;
        return headers;
    }

    public async Task PutAsync(OutgoingObject outgoing, CancellationToken cancellation)
    {
        CheckBucket(outgoing.Bucket);
        if (outgoing.ExpectedOwner is { } owner && !IsOwnedBy(outgoing.Bucket, owner))
        {
            throw new DeliveryStandstillException("S3.AccessDenied", $"The bucket {outgoing.Bucket} does not belong to the account {owner}.")
            {
                Remedy = stop => AwaitBucketAsync(outgoing.Bucket, () => buckets.BucketExists(outgoing.Bucket) && IsOwnedBy(outgoing.Bucket, owner), stop),
            };
        }
        await buckets.PutObjectAsync(outgoing.Bucket, outgoing.Key, outgoing.Body, HeadersOf(outgoing.ContentEncoding, outgoing.StorageClass), cancellation);
    }

    public Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation)
    {
        // Said before the object is made anew, which for a large one costs much at every attempt.
        CheckBucket(bucket);
        return Task.FromResult(buckets.ObjectExists(bucket, key));
    }

    private void CheckBucket(string bucket)
    {
        if (!buckets.BucketExists(bucket))
        {
            throw new DeliveryStandstillException("S3.NoSuchBucket", $"There is no bucket {bucket}.")
            {
                Remedy = stop => AwaitBucketAsync(bucket, () => buckets.BucketExists(bucket), stop),
            };
        }
    }

    private bool IsOwnedBy(string bucket, string account) => buckets.GetBucket(bucket).Owner.AccountId == account;

    /// <summary>Waits until a bucket of that name is made, unless it is as it should be already.</summary>
    private async Task AwaitBucketAsync(string name, Func<bool> isAsItShouldBe, CancellationToken stop)
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Notice(Bucket bucket)
        {
            if (bucket.Name == name)
                made.TrySetResult();
        }
        buckets.BucketCreated += Notice;
        try
        {
            // It may have been made since the attempt that missed it.
            if (!isAsItShouldBe())
                await made.Task.WaitAsync(stop);
        }
        finally
        {
            buckets.BucketCreated -= Notice;
        }
    }
}
