using System.Text.Json;

namespace Headrace.Delivery.Catalog;

/// <summary>Reads the columns out of a table's definition.</summary>
internal static class TableColumns
{
    /// <summary>The columns that files hold, in their order; partition keys are no part of them.</summary>
    /// <exception cref="FormatException">A column has no name, one of another, or a type that there isn't.</exception>
    public static IReadOnlyList<TableColumn> Of(JsonElement tableInput)
    {
        var columns = new List<TableColumn>();
        if (!tableInput.TryGetProperty("StorageDescriptor", out var storage) || storage.ValueKind != JsonValueKind.Object
            || !storage.TryGetProperty("Columns", out var given) || given.ValueKind != JsonValueKind.Array)
            return columns;
        foreach (var column in given.EnumerateArray())
        {
            var name = Text(column, "Name") ?? throw new FormatException("A column has no name.");
            var type = Text(column, "Type") ?? throw new FormatException($"Column {name} has no type.");
            name = name.ToLowerInvariant();
            if (columns.Exists(other => other.Name == name))
                throw new FormatException($"There are two columns {name}.");
            HiveType.Parse(type);
            columns.Add(new TableColumn(name, type));
        }
        return columns;
    }

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
