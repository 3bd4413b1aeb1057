using System.Security.Cryptography;

namespace Headrace.Protocol.Aggregation;

/// <summary>
/// Unpacks aggregates. Not thread-safe; reused from one to the next, so that nothing is allocated once it has seen the largest. What is
/// no aggregate (no magic, another MD5, a message that breaks off or points nowhere) is a plain record, as the Kinesis Client
/// Library has it.
/// </summary>
public sealed class AggregateReader
{
    private const int None = -1;

    private readonly List<ReadOnlyMemory<byte>> _keys = [];
    private readonly List<ReadOnlyMemory<byte>> _hashKeys = [];
    private readonly List<(int Key, int HashKey, ReadOnlyMemory<byte> Data)> _records = [];

    /// <summary>The records of the aggregate that was read last; a record's index is its sub-sequence number.</summary>
    public int Count => _records.Count;

    /// <summary>A record by its sub-sequence number.</summary>
    public UserRecord this[int index]
    {
        get
        {
            var (key, hashKey, data) = _records[index];
            return new UserRecord(_keys[key], hashKey == None ? default : _hashKeys[hashKey], data);
        }
    }

    /// <summary>Reads a record's data; false when it is no aggregate, and the record is what it seems.</summary>
    public bool TryRead(ReadOnlyMemory<byte> data)
    {
        Clear();
        if (!AggregateFormat.HasMagic(data.Span))
            return false;
        var message = data[AggregateFormat.MagicLength..^AggregateFormat.DigestLength];
        Span<byte> digest = stackalloc byte[AggregateFormat.DigestLength];
        MD5.HashData(message.Span, digest);
        if (digest.SequenceEqual(data.Span[^AggregateFormat.DigestLength..]) && TryReadMessage(message))
            return true;
        Clear();
        return false;
    }

    private bool TryReadMessage(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag))
                return false;
            ReadOnlyMemory<byte> content;
            switch (tag)
            {
                case AggregateFormat.PartitionKeyTag:
                    if (!reader.TryReadBytes(out content))
                        return false;
                    _keys.Add(content);
                    break;
                case AggregateFormat.ExplicitHashKeyTag:
                    if (!reader.TryReadBytes(out content))
                        return false;
                    _hashKeys.Add(content);
                    break;
                case AggregateFormat.RecordTag:
                    if (!reader.TryReadBytes(out content) || !TryReadRecord(content))
                        return false;
                    break;
                default:
                    if (!reader.TrySkip(tag))
                        return false;
                    break;
            }
        }
        return PointsSomewhere();
    }

    private bool TryReadRecord(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtobufReader(message);
        ReadOnlyMemory<byte>? data = null;
        var (key, hashKey) = (None, None);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag))
                return false;
            switch (tag)
            {
                case AggregateFormat.PartitionKeyIndexTag:
                    if (!reader.TryReadIndex(out key))
                        return false;
                    break;
                case AggregateFormat.ExplicitHashKeyIndexTag:
                    if (!reader.TryReadIndex(out hashKey))
                        return false;
                    break;
                case AggregateFormat.DataTag:
                    if (!reader.TryReadBytes(out var content))
                        return false;
                    data = content;
                    break;
                default:
                    // Tags have never had a meaning.
                    if (!reader.TrySkip(tag))
                        return false;
                    break;
            }
        }
        if (data is not { } found || key == None)
            return false;
        _records.Add((key, hashKey, found));
        return true;
    }

    private bool PointsSomewhere()
    {
        foreach (var (key, hashKey, _) in _records)
        {
            if (key >= _keys.Count || hashKey >= _hashKeys.Count)
                return false;
        }
        return true;
    }

    private void Clear()
    {
        _keys.Clear();
        _hashKeys.Clear();
        _records.Clear();
    }
}
