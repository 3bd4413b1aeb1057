using System.Text.Json;
using Headrace.ControlPlane;
using Headrace.Delivery.Catalog;

namespace Headrace.Server.Glue.Databases;

/// <summary>Writes a database as Glue shows it.</summary>
internal static class DatabaseWriting
{
    public static void Write(Utf8JsonWriter writer, CatalogDatabase database, AccountScope scope)
    {
        writer.WriteStartObject();
        GlueMembers.WriteGiven(writer, database.Input, database.Name);
        writer.WriteNumber("CreateTime", GlueMembers.Seconds(database.CreatedAt));
        writer.WriteString("CatalogId", scope.AccountId);
        writer.WriteEndObject();
    }
}
