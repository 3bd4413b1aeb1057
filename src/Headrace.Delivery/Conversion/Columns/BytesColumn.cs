using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParquetSharp;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>Texts and bytes.</summary>
internal sealed class BytesColumn(JsonScalars scalars, int maxCharacters, short repetition, short definition) : LeafColumn(repetition, definition)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];

    protected override long ValueBytes => _bytes.WrittenCount;

    public override void Clear()
    {
        base.Clear();
        _bytes.ResetWrittenCount();
        _ends.Clear();
    }

    public override void WriteTo(ColumnWriter writer)
    {
        using var pinned = _bytes.WrittenMemory.Pin();
        var start = AddressOf(_bytes.WrittenMemory);
        var values = ArrayPool<ByteArray>.Shared.Rent(_ends.Count);
        for (var (i, from) = (0, 0); i < _ends.Count; from = _ends[i++])
            values[i] = new ByteArray(start + from, _ends[i] - from);
        WriteBatch<ByteArray>(writer, values.AsSpan(0, _ends.Count));
        ArrayPool<ByteArray>.Shared.Return(values);
    }

    protected override void Take(ref Utf8JsonReader reader)
    {
        scalars.Text(ref reader, _bytes, maxCharacters);
        _ends.Add(_bytes.WrittenCount);
    }

    /// <summary>Where pinned memory lies.</summary>
    private static nint AddressOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var array) && array.Array is { Length: > 0 } bytes ? Marshal.UnsafeAddrOfPinnedArrayElement(bytes, array.Offset) : 0;
}
