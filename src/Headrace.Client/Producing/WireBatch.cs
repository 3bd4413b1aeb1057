using System.Runtime.InteropServices;
using Headrace.Protocol;

namespace Headrace.Client;

/// <summary>What a lane puts next: the records that it was given and what they are on the wire. Used again and again; not thread-safe.</summary>
internal sealed class WireBatch : IDisposable
{
    // Where the records that were given stand among the items, in the order in which the wire's records hold them.
    private readonly List<int> _places = [];
    private List<ProducerItem> _items = [];

    public List<WireRecord> Records { get; } = [];

    /// <summary>The bytes of the aggregates.</summary>
    public PooledBuffer Aggregates { get; } = new(1024);

    /// <summary>How many of the records that were given are in it.</summary>
    public int Count => _places.Count;

    /// <summary>Forgets all, and is to hold some of these, which stay where they are.</summary>
    public void Begin(List<ProducerItem> items)
    {
        _items = items;
        _places.Clear();
        Records.Clear();
        Aggregates.Clear();
    }

    /// <summary>Adds items, of which the wire's records are to be added.</summary>
    public void Add(List<int> places) => _places.AddRange(places);

    /// <summary>Holds so many items as they are, from the first on.</summary>
    public void SetPlain(List<ProducerItem> items, int first, int count)
    {
        Begin(items);
        for (var i = 0; i < count; i++)
        {
            _places.Add(first + i);
            ref readonly var item = ref this[i];
            Records.Add(new WireRecord(i) { BufferedBytes = item.BufferedBytes, IsAwaited = item.Completion is not null });
        }
    }

    /// <summary>One of those that the wire's records count.</summary>
    public ref readonly ProducerItem this[int place] => ref CollectionsMarshal.AsSpan(_items)[_places[place]];

    /// <summary>The first of a wire record's items: its keys are the record's.</summary>
    public ref readonly ProducerItem FirstOf(WireRecord record) => ref this[record.First];

    public ReadOnlyMemory<byte> DataOf(WireRecord record) =>
        record.IsAggregate ? Aggregates.WrittenMemory.Slice(record.Start, record.Length) : FirstOf(record).Data;

    /// <summary>What a record counts on the wire.</summary>
    public int WireBytesOf(WireRecord record)
    {
        ref readonly var first = ref FirstOf(record);
        return record.IsAggregate ? record.Length + first.Bytes - first.Data.Length : first.Bytes;
    }

    public void Dispose() => Aggregates.Dispose();
}
