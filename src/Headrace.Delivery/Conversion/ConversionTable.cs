namespace Headrace.Delivery.Conversion;

/// <summary>Names the version of a table that records were held against. Immutable.</summary>
internal sealed record ConversionTable(string CatalogId, string Database, string Name, string Region, string Version);
