using System.Security.Cryptography;
using Headrace.Delivery.Progress;

namespace Headrace.Delivery.Compaction;

/// <summary>Tells which of a delivery stream's objects are to be merged: what it delivers, not failures and backups, into this server's buckets.</summary>
internal sealed class SmallObjects(DeliveryStream stream, TimeProvider time)
{
    /// <summary>An object that was put, if it may be merged; null otherwise.</summary>
    /// <param name="put">The object.</param>
    /// <param name="body">Its bytes.</param>
    public SmallObject? Of(PendingObject put, ReadOnlyMemory<byte> body)
    {
        if (!Concerns(put) || body.Length > stream.Compaction?.SmallBytes || DeliveredKey.Parse(put.Key, stream) is not { } key)
            return null;
        var group = new ObjectGroup(put.Bucket, key.Prefix, key.Version, key.Extension, put.Compression, put.Partition.PlanNumber);
        return new SmallObject(group, put.Key, ETagOf(body.Span), body.Length, time.GetUtcNow());
    }

    /// <summary>False where there is no need to know the bytes.</summary>
    public bool Concerns(PendingObject put) =>
        stream.Compaction is not null
        && put is { IsRequest: false, Failure: null, IsOwn: true }
        && !put.Partition.IsFailure
        && !put.Partition.IsBackup;

    /// <summary>What the bucket calls an object's content.</summary>
#pragma warning disable CA5351 // S3's ETag is one.
    private static string ETagOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(MD5.HashData(body));
#pragma warning restore CA5351
}
