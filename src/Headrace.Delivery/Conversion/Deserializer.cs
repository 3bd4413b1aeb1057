namespace Headrace.Delivery.Conversion;

/// <summary>One of two readers of JSON. Immutable.</summary>
public sealed record Deserializer
{
    public OpenXJsonSerDe? OpenXJsonSerDe { get; init; }

    public HiveJsonSerDe? HiveJsonSerDe { get; init; }
}
