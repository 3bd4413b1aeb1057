namespace Headrace.Delivery.Conversion;

/// <summary>How records are read. Immutable.</summary>
public sealed record InputFormatConfiguration
{
    public Deserializer? Deserializer { get; init; }
}
