using System.Text;
using Headrace.Buckets;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests.Compaction;

/// <summary>What is in a rig's bucket.</summary>
internal sealed class Lake(BucketStore store)
{
    public IReadOnlyList<StoredObject> Objects => store.ListObjects(new ListingRequest { Bucket = DeliveryRig.Bucket, MaxKeys = int.MaxValue }).Objects;

    public IReadOnlyList<string> Keys => [.. Objects.Select(found => found.Key)];

    public static KeyValuePair<string, string>[] Tags(string size, string? after = null) =>
        [KeyValuePair.Create(CompactionSettings.SizeTag, size), .. after is null ? [] : new[] { KeyValuePair.Create(CompactionSettings.AfterTag, after) }];

    public bool IsGone(string key) => !store.ObjectExists(DeliveryRig.Bucket, key);

    public byte[] Read(string key)
    {
        using var reader = store.OpenObject(DeliveryRig.Bucket, key);
        using var found = new ObjectStream(reader);
        using var bytes = new MemoryStream();
        found.CopyTo(bytes);
        return bytes.ToArray();
    }

    public string Text(string key, CompressionFormat compression = CompressionFormat.Uncompressed)
    {
        var bytes = Read(key);
        if (compression == CompressionFormat.Uncompressed)
            return Encoding.UTF8.GetString(bytes);
        using var unpacker = ObjectPacking.Unpacker(new MemoryStream(bytes), compression);
        using var reader = new StreamReader(unpacker);
        return reader.ReadToEnd();
    }

    public StoredObject Put(string key, byte[] bytes, IReadOnlyDictionary<string, string>? headers = null)
    {
        using var body = store.NewBody();
        body.Write(bytes);
        return store.PutObject(new NewObject { Bucket = DeliveryRig.Bucket, Key = key, Headers = headers ?? new Dictionary<string, string>() }, body);
    }
}
