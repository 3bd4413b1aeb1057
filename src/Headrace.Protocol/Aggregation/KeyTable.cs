using System.Text;

namespace Headrace.Protocol.Aggregation;

/// <summary>A table of an aggregate's keys, where each stands once, in the order of their first use. Emptied without a look at what it held.</summary>
/// <param name="tag">The field that an entry is.</param>
internal sealed class KeyTable(uint tag) : IDisposable
{
    private const int Spread = unchecked((int)0x9E3779B9);

    private readonly List<(string Key, int Hash)> _keys = [];

    // Where a key stands, by its hash; what an earlier round has left counts for nothing.
    private (int Round, int Index)[] _slots = new (int, int)[512];
    private int _round = 1;

    public int Count => _keys.Count;

    /// <summary>The table as it is written.</summary>
    public PooledBuffer Bytes { get; } = new(1024);

    /// <summary>A key's place; of one that is not there, the place that it will have.</summary>
    public int Find(string key, int hash)
    {
        for (var at = SlotOf(hash); _slots[at].Round == _round; at = (at + 1) & (_slots.Length - 1))
        {
            var (known, itsHash) = _keys[_slots[at].Index];
            if (itsHash == hash && known == key)
                return _slots[at].Index;
        }
        return _keys.Count;
    }

    /// <summary>What a key that is not there adds to <see cref="Bytes"/>.</summary>
    public static int AddedLength(string key) => Varint.FieldLength(Encoding.UTF8.GetByteCount(key));

    /// <summary>Adds a key that is not there.</summary>
    public void Add(string key, int hash)
    {
        if (_keys.Count == _slots.Length / 2)
            Grow();
        Place(hash, _keys.Count);
        _keys.Add((key, hash));
        var length = Encoding.UTF8.GetByteCount(key);
        var room = Bytes.GetSpan(1 + Varint.MaxBytes + length);
        room[0] = (byte)tag;
        var at = 1 + Varint.Write(room[1..], (uint)length);
        Bytes.Advance(at + Encoding.UTF8.GetBytes(key, room[at..]));
    }

    public void Clear()
    {
        _keys.Clear();
        Bytes.Clear();
        if (++_round > 0)
            return;
        Array.Clear(_slots);
        _round = 1;
    }

    public void Dispose() => Bytes.Dispose();

    private int SlotOf(int hash) => (int)((uint)(hash * Spread) >> 8) & (_slots.Length - 1);

    private void Place(int hash, int index)
    {
        var at = SlotOf(hash);
        while (_slots[at].Round == _round)
            at = (at + 1) & (_slots.Length - 1);
        _slots[at] = (_round, index);
    }

    private void Grow()
    {
        _slots = new (int, int)[_slots.Length * 2];
        for (var i = 0; i < _keys.Count; i++)
            Place(_keys[i].Hash, i);
    }
}
