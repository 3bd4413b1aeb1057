namespace Headrace.Client;

/// <summary>A table by which records become rows.</summary>
/// <param name="Database">The database that it is in.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns' names and Hive types, in their order.</param>
/// <param name="Version">The version's number; null where the service tells none.</param>
public sealed record CatalogTable(string Database, string Name, IReadOnlyList<KeyValuePair<string, string>> Columns, string? Version);
