namespace Headrace.Delivery.Conversion;

/// <summary>How ORC would be written; kept and shown where conversion is off. Immutable.</summary>
public sealed record OrcSerDe
{
    public int? StripeSizeBytes { get; init; }

    public int? BlockSizeBytes { get; init; }

    public int? RowIndexStride { get; init; }

    public bool? EnablePadding { get; init; }

    public double? PaddingTolerance { get; init; }

    public string? Compression { get; init; }

    public IReadOnlyList<string>? BloomFilterColumns { get; init; }

    public double? BloomFilterFalsePositiveProbability { get; init; }

    public double? DictionaryKeyThreshold { get; init; }

    public string? FormatVersion { get; init; }
}
