using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Headrace.Protocol.Aggregation;

/// <summary>
/// Packs user records into one aggregate, as the Kinesis Producer Library does and its consumers unpack. Not thread-safe; reused
/// after <see cref="Clear"/>, so that a record costs a copy of its data and no allocation. Its user sees to it that all records
/// belong to one shard, and puts a batch of one as it is.
/// </summary>
public sealed class AggregateWriter : IDisposable
{
    private const int MaxVarintBytes = 10;

    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly Dictionary<string, int> _keyIndexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _hashKeyIndexes = new(StringComparer.Ordinal);
    private readonly PooledBuffer _keys = new(1024);
    private readonly PooledBuffer _hashKeys = new(64);
    private readonly PooledBuffer _records = new(16 * 1024);

    // What was looked up last: whoever asks for the length with a record adds that record next.
    private string? _sought;
    private int _found;

    /// <summary>The records added.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the aggregate of what was added.</summary>
    public int Length => AggregateFormat.Overhead + _keys.Length + _hashKeys.Length + _records.Length;

    /// <summary>What <see cref="Length"/> would be with one record more.</summary>
    public int LengthWith(string partitionKey, string? explicitHashKey, int dataLength)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        var length = Length;
        var key = Find(partitionKey);
        if (key == _keyIndexes.Count)
            length += FieldLength(Encoding.UTF8.GetByteCount(partitionKey));
        var hashKey = 0;
        if (explicitHashKey is not null && !_hashKeyIndexes.TryGetValue(explicitHashKey, out hashKey))
            length += FieldLength(Encoding.UTF8.GetByteCount(explicitHashKey));
        return length + FieldLength(RecordLength(
            key,
            explicitHashKey is null ? null : _hashKeyIndexes.ContainsKey(explicitHashKey) ? hashKey : _hashKeyIndexes.Count,
            dataLength));
    }

    /// <summary>Adds a user record; its data is copied.</summary>
    public void Add(string partitionKey, string? explicitHashKey, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        var key = Find(partitionKey);
        if (key == _keyIndexes.Count)
            AddTo(_keyIndexes, _keys, AggregateFormat.PartitionKeyTag, partitionKey);
        int? hashKey = explicitHashKey is null ? null : IndexOf(explicitHashKey, _hashKeyIndexes, _hashKeys, AggregateFormat.ExplicitHashKeyTag);
        WriteVarint(_records, AggregateFormat.RecordTag);
        WriteVarint(_records, (uint)RecordLength(key, hashKey, data.Length));
        WriteVarint(_records, AggregateFormat.PartitionKeyIndexTag);
        WriteVarint(_records, (uint)key);
        if (hashKey is { } index)
        {
            WriteVarint(_records, AggregateFormat.ExplicitHashKeyIndexTag);
            WriteVarint(_records, (uint)index);
        }
        WriteVarint(_records, AggregateFormat.DataTag);
        WriteVarint(_records, (uint)data.Length);
        _records.Write(data);
        Count++;
    }

    /// <summary>Writes the aggregate, <see cref="Length"/> bytes.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(AggregateFormat.Magic);
        foreach (var part in (ReadOnlySpan<PooledBuffer>)[_keys, _hashKeys, _records])
        {
            output.Write(part.WrittenSpan);
            _md5.AppendData(part.WrittenSpan);
        }
        output.Advance(_md5.GetHashAndReset(output.GetSpan(AggregateFormat.DigestLength)));
    }

    /// <summary>Writes the aggregate, <see cref="Length"/> bytes, without its digest, which <see cref="AggregateDigests"/> writes into its last 16 bytes.</summary>
    public void WriteWithoutDigest(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(AggregateFormat.Magic);
        foreach (var part in (ReadOnlySpan<PooledBuffer>)[_keys, _hashKeys, _records])
            output.Write(part.WrittenSpan);
        output.GetSpan(AggregateFormat.DigestLength)[..AggregateFormat.DigestLength].Clear();
        output.Advance(AggregateFormat.DigestLength);
    }

    /// <summary>Forgets all records.</summary>
    public void Clear()
    {
        Count = 0;
        _sought = null;
        _keyIndexes.Clear();
        _hashKeyIndexes.Clear();
        _keys.Clear();
        _hashKeys.Clear();
        _records.Clear();
    }

    public void Dispose()
    {
        _md5.Dispose();
        _keys.Dispose();
        _hashKeys.Dispose();
        _records.Dispose();
    }

    /// <summary>A partition key's place in its table; of one that is not there yet, the place that it will have.</summary>
    private int Find(string partitionKey)
    {
        if (ReferenceEquals(partitionKey, _sought))
            return _found;
        _sought = partitionKey;
        return _found = _keyIndexes.TryGetValue(partitionKey, out var index) ? index : _keyIndexes.Count;
    }

    /// <summary>A text's place in its table, where each stands once, in the order of their first use.</summary>
    private static int IndexOf(string text, Dictionary<string, int> indexes, PooledBuffer table, uint tag)
    {
        if (indexes.TryGetValue(text, out var index))
            return index;
        AddTo(indexes, table, tag, text);
        return indexes.Count - 1;
    }

    private static void AddTo(Dictionary<string, int> indexes, PooledBuffer table, uint tag, string text)
    {
        indexes.Add(text, indexes.Count);
        WriteVarint(table, tag);
        WriteVarint(table, (uint)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, table);
    }

    private static int RecordLength(int key, int? hashKey, int dataLength) =>
        1 + VarintLength((uint)key) + (hashKey is { } index ? 1 + VarintLength((uint)index) : 0) + FieldLength(dataLength);

    /// <summary>Bytes of a field that has its length before it; every tag here has one byte.</summary>
    private static int FieldLength(int contentLength) => 1 + VarintLength((uint)contentLength) + contentLength;

    private static int VarintLength(uint value)
    {
        var length = 1;
        while ((value >>= 7) != 0)
            length++;
        return length;
    }

    private static void WriteVarint(PooledBuffer buffer, uint value)
    {
        var span = buffer.GetSpan(MaxVarintBytes);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        buffer.Advance(length);
    }
}
