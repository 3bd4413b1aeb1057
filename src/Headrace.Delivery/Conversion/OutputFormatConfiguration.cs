namespace Headrace.Delivery.Conversion;

/// <summary>What is written. Immutable.</summary>
public sealed record OutputFormatConfiguration
{
    public Serializer? Serializer { get; init; }
}
