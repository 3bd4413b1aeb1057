using System.Buffers;
using Headrace.Protocol.Aggregation;

namespace Headrace.Delivery.Sources;

/// <summary>Takes aggregates of the Kinesis Producer Library apart into the records that the user put. Not thread-safe.</summary>
internal sealed class AggregateOpener : IDisposable
{
    private readonly AggregateReader _reader = new();
    private byte[] _copy = [];

    /// <summary>How many records the aggregate holds.</summary>
    public int Count => _reader.Count;

    /// <summary>One record's data; another's after the next aggregate was opened.</summary>
    public ReadOnlySpan<byte> this[int index] => _reader[index].Data.Span;

    /// <summary>One record's partition key; another's after the next aggregate was opened.</summary>
    public ReadOnlySpan<byte> KeyOf(int index) => _reader[index].PartitionKey.Span;

    /// <summary>False where the data are no aggregate, and so one record as they are.</summary>
    public bool TryOpen(ReadOnlySpan<byte> data)
    {
        if (!AggregateFormat.HasMagic(data))
            return false;
        if (_copy.Length < data.Length)
        {
            Dispose();
            _copy = ArrayPool<byte>.Shared.Rent(data.Length);
        }
        data.CopyTo(_copy);
        return _reader.TryRead(_copy.AsMemory(0, data.Length));
    }

    public void Dispose()
    {
        if (_copy.Length > 0)
            ArrayPool<byte>.Shared.Return(_copy);
        _copy = [];
    }
}
