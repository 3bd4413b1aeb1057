namespace Headrace.Delivery.Catalog;

/// <summary>One version of a table's definition. Immutable.</summary>
/// <param name="Database">Its database, in lower case.</param>
/// <param name="Name">In lower case.</param>
/// <param name="Version">0 for the first, and one more with each update.</param>
/// <param name="Input">What it was given with, as JSON: AWS's TableInput.</param>
/// <param name="CreatedAt">When the table was created.</param>
/// <param name="UpdatedAt">When this version was.</param>
public sealed record CatalogTable(string Database, string Name, long Version, string Input, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
