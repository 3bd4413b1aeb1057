namespace Headrace.Client.Firehose;

/// <summary>How Parquet is written.</summary>
public sealed record ParquetSerDe
{
    /// <summary>Bytes of a block. At least 67,108,864.</summary>
    public int? BlockSizeBytes { get; init; }

    /// <summary>Bytes of a page. At least 65,536.</summary>
    public int? PageSizeBytes { get; init; }

    /// <summary>How blocks are compressed: <c>UNCOMPRESSED</c>, <c>GZIP</c> or <c>SNAPPY</c>.</summary>
    public string? Compression { get; init; }

    /// <summary>Whether dictionaries are used.</summary>
    public bool? EnableDictionaryCompression { get; init; }

    /// <summary>Bytes of padding at most.</summary>
    public int? MaxPaddingBytes { get; init; }

    /// <summary>The version of the format: <c>V1</c> or <c>V2</c>.</summary>
    public string? WriterVersion { get; init; }
}
