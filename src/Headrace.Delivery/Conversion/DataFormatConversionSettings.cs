namespace Headrace.Delivery.Conversion;

/// <summary>What a request says of format conversion; null is unsaid. Immutable.</summary>
public sealed record DataFormatConversionSettings
{
    public bool? Enabled { get; init; }

    public SchemaConfiguration? Schema { get; init; }

    public InputFormatConfiguration? Input { get; init; }

    public OutputFormatConfiguration? Output { get; init; }

    /// <summary>What holds after this was said of <paramref name="before"/>: the schema's members are replaced one by one, the rest whole.</summary>
    internal DataFormatConversionConfiguration Over(DataFormatConversionConfiguration? before) => new()
    {
        Enabled = Enabled ?? before?.Enabled ?? true,
        SchemaConfiguration = Schema is null ? before?.SchemaConfiguration : new SchemaConfiguration
        {
            RoleARN = Schema.RoleARN ?? before?.SchemaConfiguration?.RoleARN,
            CatalogId = Schema.CatalogId ?? before?.SchemaConfiguration?.CatalogId,
            DatabaseName = Schema.DatabaseName ?? before?.SchemaConfiguration?.DatabaseName,
            TableName = Schema.TableName ?? before?.SchemaConfiguration?.TableName,
            Region = Schema.Region ?? before?.SchemaConfiguration?.Region,
            VersionId = Schema.VersionId ?? before?.SchemaConfiguration?.VersionId,
        },
        InputFormatConfiguration = Input ?? before?.InputFormatConfiguration,
        OutputFormatConfiguration = Output ?? before?.OutputFormatConfiguration,
    };
}
