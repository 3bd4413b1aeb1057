using System.Security.Cryptography;
using Headrace.Buckets;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Objects;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Compaction;

/// <summary>
/// Puts one object in the place of several that were delivered, if all of them are still what was delivered: somebody may have overwritten,
/// deleted, tagged or locked one. Thread-safe.
/// </summary>
/// <param name="buckets">Where they are.</param>
/// <param name="planOf">The plan of a delivery stream by its number.</param>
internal sealed class ObjectMerge(BucketStore buckets, Func<DeliveryStream, long, ConversionPlan> planOf)
{
    /// <summary>Merges objects of one group in their order.</summary>
    public MergeResult Run(DeliveryStream stream, IReadOnlyList<SmallObject> sources, CancellationToken stop)
    {
        var group = sources[0].Group;
        var headers = OwnBuckets.HeadersOf(ObjectPacking.ContentEncodingOf(group.Compression), stream.Destination.StorageClass);
        var found = sources.Select(source => Find(source, headers)).ToList();
        if (found.Contains(null))
            return MergeResult.Without([.. sources.Where((_, i) => found[i] is null)]);

        var key = (DeliveredKey.Parse(sources[0].Key, stream) ?? throw new InvalidOperationException($"{sources[0].Key} is no key of {stream.Name}.")).Renamed(Guid.NewGuid());
        var seen = new List<StoredObject>(sources.Count);
        using var body = buckets.NewBody();
        using (var merged = Begin(stream, group, new BodyStream(body), key, sources, stop))
        {
            foreach (var source in sources)
            {
                using var reader = TryOpen(source, headers);
                if (reader is null)
                    return MergeResult.Without([source]);
                if (!HoldsWhatWasDelivered(reader, source, stop))
                    return MergeResult.Without([source]) with { IsDamaged = true };
                merged.Add(new ObjectStream(reader), stop);
                seen.Add(reader.Object);
            }
            merged.Close();
        }
        var wanted = new NewObject { Bucket = group.Bucket, Key = key, Headers = headers };
        var changed = buckets.ReplaceObjects(wanted, body, seen).ToHashSet(StringComparer.Ordinal);
        return changed.Count == 0
            ? new MergeResult(key, body.Digest.Length, [])
            : MergeResult.Without([.. sources.Where(source => changed.Contains(source.Key))]);
    }

    private IMergedFile Begin(DeliveryStream stream, ObjectGroup group, BodyStream target, string key, IReadOnlyList<SmallObject> sources, CancellationToken stop)
    {
        if (group.PlanNumber is { } plan)
            return new ParquetMerge(planOf(stream, plan), target);
        var plainLength = group.Compression == CompressionFormat.Zstd ? sources.Sum(source => PlainLength(source, stop)) : 0;
        return new PackedMerge(group.Compression, target, key[(key.LastIndexOf('/') + 1)..], plainLength);
    }

    private long PlainLength(SmallObject source, CancellationToken stop)
    {
        using var reader = buckets.OpenObject(source.Group.Bucket, source.Key);
        return PackedMerge.PlainLength(new ObjectStream(reader), source.Group.Compression, stop);
    }

    /// <summary>The object as the index has it; null where it is not the one that was delivered, or somebody has changed something about it.</summary>
    private StoredObject? Find(SmallObject source, IReadOnlyDictionary<string, string> headers)
    {
        try
        {
            var found = buckets.GetObject(source.Group.Bucket, source.Key);
            return IsAsDelivered(found, source, headers) ? found : null;
        }
        catch (BucketsException gone) when (gone.Fault is BucketsFault.NoSuchKey or BucketsFault.NoSuchBucket)
        {
            return null;
        }
    }

    private ObjectReader? TryOpen(SmallObject source, IReadOnlyDictionary<string, string> headers)
    {
        try
        {
            var reader = buckets.OpenObject(source.Group.Bucket, source.Key);
            if (IsAsDelivered(reader.Object, source, headers))
                return reader;
            reader.Dispose();
            return null;
        }
        catch (BucketsException other) when (other.Fault is BucketsFault.NoSuchKey or BucketsFault.NoSuchBucket or BucketsFault.CustomerKeyMissing)
        {
            return null;
        }
    }

    private static bool IsAsDelivered(StoredObject found, SmallObject source, IReadOnlyDictionary<string, string> headers) =>
        found.ETag == source.ETag
        && found.Length == source.Bytes
        && found is { IsKeyed: false, Owner: null, Tags.Count: 0, Controls: { Grants: null, Retention: null, LegalHold: not true } }
        && found.Headers.Count == headers.Count
        && headers.All(header => found.Headers.TryGetValue(header.Key, out var value) && value == header.Value);

    /// <summary>False when the disk gives other bytes than were delivered: a merged object would give these a checksum that fits.</summary>
    private static bool HoldsWhatWasDelivered(ObjectReader reader, SmallObject source, CancellationToken stop)
    {
#pragma warning disable CA5351 // S3's ETag is one.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var piece = new byte[256 * 1024];
        for (long at = 0; reader.Read(at, piece) is var read and > 0; at += read)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(piece, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == source.ETag;
    }
}
