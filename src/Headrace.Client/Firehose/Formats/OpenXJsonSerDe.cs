namespace Headrace.Client.Firehose;

/// <summary>The OpenX reader of JSON.</summary>
public sealed record OpenXJsonSerDe
{
    /// <summary>Whether dots in keys become underscores.</summary>
    public bool? ConvertDotsInJsonKeysToUnderscores { get; init; }

    /// <summary>Whether the case of keys does not count.</summary>
    public bool? CaseInsensitive { get; init; }

    /// <summary>Columns whose names are not their keys'.</summary>
    public IReadOnlyDictionary<string, string>? ColumnToJsonKeyMappings { get; init; }
}
