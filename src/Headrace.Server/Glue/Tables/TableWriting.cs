using System.Globalization;
using System.Text.Json;
using Headrace.ControlPlane;
using Headrace.Delivery.Catalog;

namespace Headrace.Server.Glue.Tables;

/// <summary>Writes a table, or one of its versions, as Glue shows it.</summary>
internal static class TableWriting
{
    public static void Write(Utf8JsonWriter writer, CatalogTable table, AccountScope scope)
    {
        writer.WriteStartObject();
        GlueMembers.WriteGiven(writer, table.Input, table.Name);
        writer.WriteString("DatabaseName", table.Database);
        writer.WriteNumber("CreateTime", GlueMembers.Seconds(table.CreatedAt));
        writer.WriteNumber("UpdateTime", GlueMembers.Seconds(table.UpdatedAt));
        writer.WriteBoolean("IsRegisteredWithLakeFormation", false);
        writer.WriteString("CatalogId", scope.AccountId);
        writer.WriteString("VersionId", VersionOf(table));
        writer.WriteEndObject();
    }

    public static void WriteVersion(Utf8JsonWriter writer, CatalogTable table, AccountScope scope)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("Table");
        Write(writer, table, scope);
        writer.WriteString("VersionId", VersionOf(table));
        writer.WriteEndObject();
    }

    private static string VersionOf(CatalogTable table) => table.Version.ToString(CultureInfo.InvariantCulture);
}
