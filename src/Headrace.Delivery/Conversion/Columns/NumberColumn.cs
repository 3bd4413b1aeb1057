using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParquetSharp;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>Reads a value out of JSON.</summary>
internal delegate T ScalarReading<out T>(ref Utf8JsonReader reader);

/// <summary>Values of one size.</summary>
internal sealed class NumberColumn<T>(ScalarReading<T> read, short repetition, short definition) : LeafColumn(repetition, definition)
    where T : unmanaged
{
    private readonly List<T> _values = [];

    protected override long ValueBytes => (long)_values.Count * Unsafe.SizeOf<T>();

    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    public override void WriteTo(ColumnWriter writer) => WriteBatch<T>(writer, CollectionsMarshal.AsSpan(_values));

    protected override void Take(ref Utf8JsonReader reader) => _values.Add(read(ref reader));
}
