using System.Buffers;

namespace Headrace.Protocol.Aggregation;

/// <summary>
/// Packs user records into one aggregate, as the Kinesis Producer Library does and its consumers unpack. Not thread-safe; reused
/// after <see cref="Clear"/>, so that a record costs a copy of its data and no allocation. Its user sees to it that all records
/// belong to one shard, and puts a batch of one as it is.
/// </summary>
public sealed class AggregateWriter : IDisposable
{
    /// <summary>Three tags of a byte each, the record's length, two indexes and the data's length.</summary>
    private const int MaxHeadBytes = 4 + (4 * Varint.MaxBytes);

    private readonly KeyTable _keys = new(AggregateFormat.PartitionKeyTag);
    private readonly KeyTable _hashKeys = new(AggregateFormat.ExplicitHashKeyTag);
    private readonly PooledBuffer _records = new(64 * 1024);

    /// <summary>The records added.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the aggregate of what was added.</summary>
    public int Length => AggregateFormat.Overhead + _keys.Bytes.Length + _hashKeys.Bytes.Length + _records.Length;

    /// <summary>Adds a user record; its data is copied.</summary>
    public void Add(string partitionKey, string? explicitHashKey, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        TryAdd(partitionKey, partitionKey.GetHashCode(StringComparison.Ordinal), explicitHashKey, data, int.MaxValue);
    }

    /// <summary>Adds a user record, whose data is copied, unless there are some already and the aggregate would be too long with it.</summary>
    /// <param name="partitionKey">The record's partition key.</param>
    /// <param name="keyHash">A number that is the same for the same partition key.</param>
    /// <param name="explicitHashKey">The record's hash key, or null.</param>
    /// <param name="data">What the record says.</param>
    /// <param name="maxLength">What <see cref="Length"/> may be.</param>
    public bool TryAdd(string partitionKey, int keyHash, string? explicitHashKey, ReadOnlySpan<byte> data, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        var key = _keys.Find(partitionKey, keyHash);
        var added = key == _keys.Count ? KeyTable.AddedLength(partitionKey) : 0;
        var (hashKey, hashKeyHash) = (-1, 0);
        if (explicitHashKey is not null)
        {
            hashKeyHash = explicitHashKey.GetHashCode(StringComparison.Ordinal);
            hashKey = _hashKeys.Find(explicitHashKey, hashKeyHash);
            added += hashKey == _hashKeys.Count ? KeyTable.AddedLength(explicitHashKey) : 0;
        }
        var length = 1 + Varint.Length((uint)key) + (hashKey < 0 ? 0 : 1 + Varint.Length((uint)hashKey)) + Varint.FieldLength(data.Length);
        if (Count > 0 && Length + added + Varint.FieldLength(length) > maxLength)
            return false;
        if (key == _keys.Count)
            _keys.Add(partitionKey, keyHash);
        if (hashKey == _hashKeys.Count && explicitHashKey is not null)
            _hashKeys.Add(explicitHashKey, hashKeyHash);
        Write(length, key, hashKey, data);
        Count++;
        return true;
    }

    /// <summary>Writes the aggregate, <see cref="Length"/> bytes.</summary>
    public void WriteTo(PooledBuffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var (start, length) = (output.Length, Length);
        WriteWithoutDigest(output);
        AggregateDigests.Write(output.Written(0, output.Length), [(start, length)]);
    }

    /// <summary>Writes the aggregate, <see cref="Length"/> bytes, without its digest, which <see cref="AggregateDigests"/> writes into its last 16 bytes.</summary>
    public void WriteWithoutDigest(PooledBuffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(AggregateFormat.Magic);
        output.Write(_keys.Bytes.WrittenSpan);
        output.Write(_hashKeys.Bytes.WrittenSpan);
        output.Write(_records.WrittenSpan);
        output.GetSpan(AggregateFormat.DigestLength)[..AggregateFormat.DigestLength].Clear();
        output.Advance(AggregateFormat.DigestLength);
    }

    /// <summary>Forgets all records.</summary>
    public void Clear()
    {
        Count = 0;
        _keys.Clear();
        _hashKeys.Clear();
        _records.Clear();
    }

    public void Dispose()
    {
        _keys.Dispose();
        _hashKeys.Dispose();
        _records.Dispose();
    }

    private void Write(int length, int key, int hashKey, ReadOnlySpan<byte> data)
    {
        var room = _records.GetSpan(MaxHeadBytes + data.Length);
        var at = 0;
        room[at++] = (byte)AggregateFormat.RecordTag;
        at += Varint.Write(room[at..], (uint)length);
        room[at++] = (byte)AggregateFormat.PartitionKeyIndexTag;
        at += Varint.Write(room[at..], (uint)key);
        if (hashKey >= 0)
        {
            room[at++] = (byte)AggregateFormat.ExplicitHashKeyIndexTag;
            at += Varint.Write(room[at..], (uint)hashKey);
        }
        room[at++] = (byte)AggregateFormat.DataTag;
        at += Varint.Write(room[at..], (uint)data.Length);
        data.CopyTo(room[at..]);
        _records.Advance(at + data.Length);
    }
}
