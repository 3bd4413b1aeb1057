using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Buckets;

/// <summary>All objects under a prefix, page by page.</summary>
internal static class ObjectListing
{
    public static async IAsyncEnumerable<S3Object> ReadAsync(AmazonS3Client s3, ObjectAddress prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = prefix.Bucket, Prefix = prefix.Key };
        while (true)
        {
            var page = await s3.ListObjectsV2Async(request, cancellation);
            foreach (var item in page.S3Objects ?? [])
                yield return item;
            if (page.IsTruncated != true)
                yield break;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    /// <summary>Removes every object under the prefix; returns how many there were.</summary>
    /// <exception cref="CommandFailedException">Some object could not be removed.</exception>
    public static async Task<int> RemoveAllAsync(AmazonS3Client s3, ObjectAddress prefix, CancellationToken cancellation)
    {
        const int mostAtOnce = 1000;
        var removed = 0;
        var batch = new List<KeyVersion>(mostAtOnce);
        await foreach (var item in ReadAsync(s3, prefix, cancellation))
        {
            batch.Add(new KeyVersion { Key = item.Key });
            if (batch.Count == mostAtOnce)
                removed += await RemoveAsync(s3, prefix.Bucket, batch, cancellation);
        }
        return batch.Count > 0 ? removed + await RemoveAsync(s3, prefix.Bucket, batch, cancellation) : removed;
    }

    private static async Task<int> RemoveAsync(AmazonS3Client s3, string bucket, List<KeyVersion> batch, CancellationToken cancellation)
    {
        var count = batch.Count;
        try
        {
            await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = [.. batch], Quiet = true }, cancellation);
        }
        catch (DeleteObjectsException failure)
        {
            var first = failure.Response.DeleteErrors[0];
            throw new CommandFailedException($"{failure.Response.DeleteErrors.Count} objects of {bucket} could not be removed, the first is {first.Key}: {first.Message}", failure);
        }
        batch.Clear();
        return count;
    }
}
