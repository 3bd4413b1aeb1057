namespace Headrace.Delivery.Conversion;

/// <summary>How records are turned into another format; the members are AWS's own. Immutable.</summary>
public sealed record DataFormatConversionConfiguration
{
    public SchemaConfiguration? SchemaConfiguration { get; init; }

    public InputFormatConfiguration? InputFormatConfiguration { get; init; }

    public OutputFormatConfiguration? OutputFormatConfiguration { get; init; }

    public bool Enabled { get; init; }
}
