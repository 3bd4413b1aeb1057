using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParquetSharp;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>Decimals as whole numbers of their last digit, in big-endian bytes of one length.</summary>
internal sealed class DecimalColumn(JsonScalars scalars, int precision, int scale, short repetition, short definition) : LeafColumn(repetition, definition)
{
    private readonly int _length = ParquetLayout.DecimalBytes(precision);
    private readonly BigInteger _limit = BigInteger.Pow(10, precision);
    private readonly List<byte> _bytes = [];

    protected override long ValueBytes => _bytes.Count;

    public override void Clear()
    {
        base.Clear();
        _bytes.Clear();
    }

    public override void WriteTo(ColumnWriter writer)
    {
        var bytes = _bytes.ToArray();
        var pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            var values = new FixedLenByteArray[bytes.Length / _length];
            for (var i = 0; i < values.Length; i++)
                values[i] = new FixedLenByteArray(pinned.AddrOfPinnedObject() + (i * _length));
            WriteBatch<FixedLenByteArray>(writer, values);
        }
        finally
        {
            pinned.Free();
        }
    }

    protected override void Take(ref Utf8JsonReader reader)
    {
        var unscaled = scalars.Unscaled(ref reader, scale);
        if (BigInteger.Abs(unscaled) >= _limit)
            throw scalars.Mismatch($"the number has more than the {precision} digits of decimal({precision},{scale}).");
        var start = _bytes.Count;
        CollectionsMarshal.SetCount(_bytes, start + _length);
        var room = CollectionsMarshal.AsSpan(_bytes)[start..];
        room.Fill(unscaled.Sign < 0 ? (byte)0xff : (byte)0);
        unscaled.TryWriteBytes(room[(_length - unscaled.GetByteCount())..], out _, isBigEndian: true);
    }
}
