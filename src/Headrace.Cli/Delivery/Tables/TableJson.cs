using System.Text.Json;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary>Writes a table for programs.</summary>
internal static class TableJson
{
    public static void Write(Utf8JsonWriter json, CatalogTable table)
    {
        json.WriteString("database", table.Database);
        json.WriteString("table", table.Name);
        json.WriteString("version", table.Version);
        json.WriteStartArray("columns");
        foreach (var (name, type) in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("type", type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
