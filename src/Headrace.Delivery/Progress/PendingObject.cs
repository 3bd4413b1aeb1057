using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Progress;

/// <summary>
/// An object that is about to be put, as it is recorded before the put: whoever finds it after a crash makes the same
/// object again, so that no record is missing and none is delivered twice. Immutable.
/// </summary>
/// <param name="Partition">Whose records it holds.</param>
/// <param name="SourceId">The source that the positions belong to.</param>
/// <param name="Bucket">Where the object goes.</param>
/// <param name="Key">Its key.</param>
/// <param name="Compression">How it is packed.</param>
/// <param name="Ranges">Where its records are: it holds all of its partition's in them.</param>
internal sealed record PendingObject(PartitionName Partition, long SourceId, string Bucket, string Key, CompressionFormat Compression, IReadOnlyList<ShardRange> Ranges)
{
    /// <summary>Why a web service did not take the records, so that they become an object after all; null otherwise.</summary>
    public EndpointFailure? Failure { get; init; }

    /// <summary>True for a request to a web service, whose id is the key; false for an object.</summary>
    public bool IsRequest => Bucket.Length == 0;

    /// <summary>True where it goes into one of this server's own buckets.</summary>
    public bool IsOwn => ObjectStores.IsOwn(Bucket);

    /// <summary>True where it matters where one record ends and the next begins.</summary>
    public bool KeepsRecordsApart => IsRequest || Failure is not null;

    /// <summary>The last part of the key.</summary>
    public string FileName => Key[(Key.LastIndexOf('/') + 1)..];

    /// <summary>The first position behind its records in a source of one shard.</summary>
    public long End => Ranges.Count == 0 ? 0 : Ranges[0].To;

    public bool Holds(int shard, long position)
    {
        foreach (var range in Ranges)
        {
            if (range.Shard == shard && position >= range.From && position < range.To)
                return true;
        }
        return false;
    }
}
