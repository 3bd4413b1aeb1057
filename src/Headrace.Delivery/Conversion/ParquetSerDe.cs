namespace Headrace.Delivery.Conversion;

/// <summary>How Parquet is written. Immutable.</summary>
public sealed record ParquetSerDe
{
    public int? BlockSizeBytes { get; init; }

    public int? PageSizeBytes { get; init; }

    public string? Compression { get; init; }

    public bool? EnableDictionaryCompression { get; init; }

    public int? MaxPaddingBytes { get; init; }

    public string? WriterVersion { get; init; }
}
