using System.Runtime.InteropServices;
using System.Text.Json;
using Headrace.Delivery.Catalog;
using ParquetSharp;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>A column of values as the file holds them: values one after another, and the levels that tell where each belongs.</summary>
internal abstract class LeafColumn(short repetition, short definition) : ColumnNode
{
    private readonly List<short> _repetitions = [];
    private readonly List<short> _definitions = [];

    public override IEnumerable<LeafColumn> Leaves => [this];

    /// <summary>About what the values take.</summary>
    public long Bytes => ValueBytes + ((long)_definitions.Count * sizeof(short));

    protected abstract long ValueBytes { get; }

    /// <param name="name">What errors call it.</param>
    /// <param name="type">Its type, a scalar one.</param>
    /// <param name="reading">How JSON is understood.</param>
    /// <param name="repetition">The level of a repeated value.</param>
    /// <param name="definition">The level of a value that is there.</param>
    public static LeafColumn Of(string name, HiveType type, JsonReading reading, short repetition, short definition)
    {
        var scalars = new JsonScalars(name, reading);
        return type.Kind switch
        {
            HiveKind.Boolean => new NumberColumn<bool>(scalars.Boolean, repetition, definition),
            HiveKind.TinyInt => new NumberColumn<int>((ref Utf8JsonReader reader) => (int)scalars.Whole(ref reader, sbyte.MinValue, sbyte.MaxValue), repetition, definition),
            HiveKind.SmallInt => new NumberColumn<int>((ref Utf8JsonReader reader) => (int)scalars.Whole(ref reader, short.MinValue, short.MaxValue), repetition, definition),
            HiveKind.Int => new NumberColumn<int>((ref Utf8JsonReader reader) => (int)scalars.Whole(ref reader, int.MinValue, int.MaxValue), repetition, definition),
            HiveKind.BigInt => new NumberColumn<long>((ref Utf8JsonReader reader) => scalars.Whole(ref reader, long.MinValue, long.MaxValue), repetition, definition),
            HiveKind.Float => new NumberColumn<float>((ref Utf8JsonReader reader) => (float)scalars.Floating(ref reader), repetition, definition),
            HiveKind.Double => new NumberColumn<double>(scalars.Floating, repetition, definition),
            HiveKind.Date => new NumberColumn<int>(scalars.Date, repetition, definition),
            HiveKind.Timestamp => new NumberColumn<Int96>(scalars.Timestamp, repetition, definition),
            HiveKind.Decimal => new DecimalColumn(scalars, type.Precision, type.Scale, repetition, definition),
            _ => new BytesColumn(scalars, type.Precision, repetition, definition),
        };
    }

    public override void Write(ref Utf8JsonReader reader, short repetition, short definition)
    {
        if (reader.TokenType == JsonTokenType.Null)
            WriteNothing(repetition, definition);
        else
            Add(ref reader, repetition);
    }

    /// <summary>Takes a value that is there.</summary>
    public void Add(ref Utf8JsonReader reader, short repetition)
    {
        Take(ref reader);
        _repetitions.Add(repetition);
        _definitions.Add(definition);
    }

    public override void WriteNothing(short repetition, short definition)
    {
        _repetitions.Add(repetition);
        _definitions.Add(definition);
    }

    public virtual void Clear()
    {
        _repetitions.Clear();
        _definitions.Clear();
    }

    /// <summary>Writes what was taken to a file's column.</summary>
    public abstract void WriteTo(ColumnWriter writer);

    /// <summary>Takes the value that the reader stands at, which is not null.</summary>
    protected abstract void Take(ref Utf8JsonReader reader);

    protected void WriteBatch<T>(ColumnWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged =>
        ((ColumnWriter<T>)writer).WriteBatch(
            _definitions.Count,
            CollectionsMarshal.AsSpan(_definitions),
            repetition > 0 ? CollectionsMarshal.AsSpan(_repetitions) : default,
            values);
}
