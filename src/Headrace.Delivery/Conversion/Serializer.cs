namespace Headrace.Delivery.Conversion;

/// <summary>One of two columnar formats. Immutable.</summary>
public sealed record Serializer
{
    public ParquetSerDe? ParquetSerDe { get; init; }

    public OrcSerDe? OrcSerDe { get; init; }
}
