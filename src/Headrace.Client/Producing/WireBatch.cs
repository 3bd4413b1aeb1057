using System.Runtime.InteropServices;
using Headrace.Protocol;

namespace Headrace.Client;

/// <summary>What a lane puts next: the records that it was given and what they are on the wire. Used again and again; not thread-safe.</summary>
internal sealed class WireBatch : IDisposable
{
    /// <summary>The records that were given, in the order in which the wire's records hold them.</summary>
    public List<ProducerItem> Items { get; } = [];

    public List<WireRecord> Records { get; } = [];

    /// <summary>The bytes of the aggregates.</summary>
    public PooledBuffer Aggregates { get; } = new(1024);

    public void Clear()
    {
        Items.Clear();
        Records.Clear();
        Aggregates.Clear();
    }

    /// <summary>Holds the records as they are.</summary>
    public void SetPlain(List<ProducerItem> items)
    {
        Clear();
        Items.AddRange(items);
        for (var i = 0; i < items.Count; i++)
            Records.Add(new WireRecord(i));
    }

    /// <summary>The first of a wire record's items: its keys are the record's.</summary>
    public ref readonly ProducerItem FirstOf(WireRecord record) => ref CollectionsMarshal.AsSpan(Items)[record.First];

    public ReadOnlyMemory<byte> DataOf(WireRecord record) =>
        record.IsAggregate ? Aggregates.WrittenMemory.Slice(record.Start, record.Length) : Items[record.First].Data;

    /// <summary>What a record counts on the wire.</summary>
    public int WireBytesOf(WireRecord record) =>
        record.IsAggregate ? record.Length + Items[record.First].Bytes - Items[record.First].Data.Length : Items[record.First].Bytes;

    public void Dispose() => Aggregates.Dispose();
}
