using ParquetSharp;

namespace Headrace.Delivery.Conversion;

/// <summary>Copies a column's values, as they lie in the file, with their levels.</summary>
/// <param name="target">A column of the same type.</param>
internal sealed class ParquetColumnCopy(ColumnWriter target) : IColumnReaderVisitor<long>
{
    private const int ValuesAtOnce = 4_096;

    /// <summary>Gives how many levels were copied.</summary>
    public long OnColumnReader<TValue>(ColumnReader<TValue> columnReader)
        where TValue : unmanaged
    {
        var writer = (ColumnWriter<TValue>)target;
        var definitions = columnReader.ColumnDescriptor.MaxDefinitionLevel > 0 ? new short[ValuesAtOnce] : [];
        var repetitions = columnReader.ColumnDescriptor.MaxRepetitionLevel > 0 ? new short[ValuesAtOnce] : [];
        var values = new TValue[ValuesAtOnce];
        long copied = 0;
        while (columnReader.HasNext)
        {
            // Texts point into the reader's page, so each batch is written before the next is read.
            var count = (int)columnReader.ReadBatch(ValuesAtOnce, definitions, repetitions, values, out var valuesRead);
            writer.WriteBatch(count, Filled(definitions, count), Filled(repetitions, count), values.AsSpan(0, (int)valuesRead));
            copied += count;
        }
        return copied;
    }

    private static ReadOnlySpan<short> Filled(short[] levels, int count) => levels.Length == 0 ? default : levels.AsSpan(0, count);
}
