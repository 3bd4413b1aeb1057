namespace Headrace.Client.Firehose;

/// <summary>The columnar format that records are converted to.</summary>
public sealed record DataFormatConversionConfiguration
{
    /// <summary>The schema.</summary>
    public SchemaConfiguration? SchemaConfiguration { get; init; }

    /// <summary>How records are read.</summary>
    public InputFormatConfiguration? InputFormatConfiguration { get; init; }

    /// <summary>How they are written.</summary>
    public OutputFormatConfiguration? OutputFormatConfiguration { get; init; }

    /// <summary>Whether it is on.</summary>
    public bool? Enabled { get; init; }
}
