namespace Headrace.Delivery.Catalog;

/// <summary>A database of the catalog: a name for tables to stand under. Immutable.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Input">What it was given with, as JSON: AWS's DatabaseInput.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record CatalogDatabase(string Name, string Input, DateTimeOffset CreatedAt);
