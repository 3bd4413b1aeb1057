using ParquetSharp;

namespace Headrace.Delivery.Conversion;

/// <summary>Makes a Parquet file of JSON objects: the same bytes for the same objects and plan.</summary>
internal static class ParquetObject
{
    public const string Extension = ".parquet";

    private const int RowsAtOnce = 4_096;
    public const long DefaultBlockBytes = 256L * 1024 * 1024;
    private const long DefaultPageBytes = 1024 * 1024;

    /// <param name="plan">The columns and the writer's settings.</param>
    /// <param name="json">The objects, one after another; all of them fit the plan.</param>
    public static ReadOnlyMemory<byte> Write(ConversionPlan plan, ReadOnlyMemory<byte> json)
    {
        var file = new MemoryStream((json.Length / 2) + 1024);
        var shredder = new RowShredder(plan);
        using var properties = PropertiesOf(plan.Writer);
        using var schema = ParquetLayout.Of(plan.Columns);
        using (var writer = new ParquetFileWriter(file, schema, properties, leaveOpen: true))
        {
            var blockBytes = plan.Writer.BlockSizeBytes ?? DefaultBlockBytes;
            while (!json.IsEmpty)
                json = json[WriteBlock(writer, shredder, json, blockBytes)..];
            writer.Close();
        }
        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }

    /// <summary>Writes a row group; returns the bytes that were read for it.</summary>
    private static int WriteBlock(ParquetFileWriter writer, RowShredder shredder, ReadOnlyMemory<byte> json, long blockBytes)
    {
        using var block = writer.AppendBufferedRowGroup();
        var read = 0;
        for (var bytes = 0L; bytes < blockBytes && read < json.Length;)
        {
            shredder.Clear();
            read += shredder.Take(json[read..], RowsAtOnce);
            bytes += shredder.Bytes;
            for (var i = 0; i < shredder.Leaves.Length; i++)
                shredder.Leaves[i].WriteTo(block.Column(i));
        }
        return read;
    }

    public static WriterProperties PropertiesOf(ParquetSerDe settings)
    {
        using var builder = new WriterPropertiesBuilder();
        var isVersion2 = settings.WriterVersion == "V2";
        builder
            .Compression(settings.Compression switch
            {
                "GZIP" => Compression.Gzip,
                "UNCOMPRESSED" => Compression.Uncompressed,
                _ => Compression.Snappy,
            })
            .DataPagesize(settings.PageSizeBytes ?? DefaultPageBytes)
            .Version(isVersion2 ? ParquetVersion.PARQUET_2_6 : ParquetVersion.PARQUET_1_0)
            .DataPageVersion(isVersion2 ? ParquetDataPageVersion.V2 : ParquetDataPageVersion.V1);
        if (settings.EnableDictionaryCompression == true)
            builder.EnableDictionary();
        else
            builder.DisableDictionary();
        return builder.Build();
    }
}
