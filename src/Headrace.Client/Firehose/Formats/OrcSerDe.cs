namespace Headrace.Client.Firehose;

/// <summary>How ORC is written.</summary>
public sealed record OrcSerDe
{
    /// <summary>Bytes of a stripe. At least 8,388,608.</summary>
    public int? StripeSizeBytes { get; init; }

    /// <summary>Bytes of a block. At least 67,108,864.</summary>
    public int? BlockSizeBytes { get; init; }

    /// <summary>Rows between the entries of the index. At least 1,000.</summary>
    public int? RowIndexStride { get; init; }

    /// <summary>Whether stripes are padded to blocks.</summary>
    public bool? EnablePadding { get; init; }

    /// <summary>The share of a block that padding may take.</summary>
    public double? PaddingTolerance { get; init; }

    /// <summary>How blocks are compressed: <c>NONE</c>, <c>ZLIB</c> or <c>SNAPPY</c>.</summary>
    public string? Compression { get; init; }

    /// <summary>Columns with Bloom filters.</summary>
    public IReadOnlyList<string>? BloomFilterColumns { get; init; }

    /// <summary>How often those may be wrong.</summary>
    public double? BloomFilterFalsePositiveProbability { get; init; }

    /// <summary>The share of different values up to which dictionaries are used.</summary>
    public double? DictionaryKeyThreshold { get; init; }

    /// <summary>The version of the format: <c>V0_11</c> or <c>V0_12</c>.</summary>
    public string? FormatVersion { get; init; }
}
