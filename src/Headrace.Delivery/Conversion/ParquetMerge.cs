using Headrace.Delivery.Compaction;
using ParquetSharp;

namespace Headrace.Delivery.Conversion;

/// <summary>
/// Writes the rows of Parquet files that were made by one plan into one file, column by column with their levels, so that nothing is read
/// as anything but what it is. Holds one row group of the file in memory. Not thread-safe.
/// </summary>
internal sealed class ParquetMerge : IMergedFile
{
    private readonly ParquetSharp.Schema.GroupNode _schema;
    private readonly WriterProperties _properties;
    private readonly ParquetFileWriter _writer;
    private readonly long _blockBytes;
    private RowGroupWriter? _block;
    private long _bytes;

    /// <param name="plan">The columns and the writer's settings.</param>
    /// <param name="target">Takes the file; stays its owner's.</param>
    public ParquetMerge(ConversionPlan plan, Stream target)
    {
        _schema = ParquetLayout.Of(plan.Columns);
        _properties = ParquetObject.PropertiesOf(plan.Writer);
        _writer = new ParquetFileWriter(target, _schema, _properties, leaveOpen: true);
        _blockBytes = plan.Writer.BlockSizeBytes ?? ParquetObject.DefaultBlockBytes;
    }

    public void Add(Stream source, CancellationToken stop)
    {
        using var file = new ParquetFileReader(source, leaveOpen: true);
        for (var group = 0; group < file.FileMetaData.NumRowGroups; group++)
        {
            stop.ThrowIfCancellationRequested();
            using var rows = file.RowGroup(group);
            _block ??= _writer.AppendBufferedRowGroup();
            for (var column = 0; column < rows.MetaData.NumColumns; column++)
            {
                using var values = rows.Column(column);
                values.Apply(new ParquetColumnCopy(_block.Column(column)));
            }
            _bytes += rows.MetaData.TotalByteSize;
            if (_bytes >= _blockBytes)
                EndBlock();
        }
    }

    public void Close()
    {
        EndBlock();
        _writer.Close();
    }

    public void Dispose()
    {
        _block?.Dispose();
        _writer.Dispose();
        _properties.Dispose();
        _schema.Dispose();
    }

    private void EndBlock()
    {
        _block?.Dispose();
        _block = null;
        _bytes = 0;
    }
}
