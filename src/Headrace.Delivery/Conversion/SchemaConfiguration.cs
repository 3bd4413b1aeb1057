namespace Headrace.Delivery.Conversion;

/// <summary>Which table of the catalog gives the columns. Immutable.</summary>
public sealed record SchemaConfiguration
{
    public string? RoleARN { get; init; }

    public string? CatalogId { get; init; }

    public string? DatabaseName { get; init; }

    public string? TableName { get; init; }

    public string? Region { get; init; }

    public string? VersionId { get; init; }
}
