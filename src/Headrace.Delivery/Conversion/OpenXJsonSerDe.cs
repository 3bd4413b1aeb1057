namespace Headrace.Delivery.Conversion;

/// <summary>The OpenX reader's settings. Immutable.</summary>
public sealed record OpenXJsonSerDe
{
    public bool? ConvertDotsInJsonKeysToUnderscores { get; init; }

    public bool? CaseInsensitive { get; init; }

    public IReadOnlyDictionary<string, string>? ColumnToJsonKeyMappings { get; init; }
}
