using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;
using Headrace.Server.Glue.Databases;
using Headrace.Server.Glue.Tables;

namespace Headrace.Server.Glue;

/// <summary>As much of Glue's Data Catalog on the wire as gives Firehose the tables that it converts records by.</summary>
internal static class GlueService
{
    private const int MaxBodyBytes = 4 << 20;

    public static AwsJsonService Create(TableCatalog catalog) => new("AWSGlue", MaxBodyBytes, Translate,
    [
        new CreateDatabase(catalog),
        new GetDatabase(catalog),
        new GetDatabases(catalog),
        new UpdateDatabase(catalog),
        new DeleteDatabase(catalog),
        new CreateTable(catalog),
        new GetTable(catalog),
        new GetTables(catalog),
        new UpdateTable(catalog),
        new DeleteTable(catalog),
        new GetTableVersion(catalog),
        new GetTableVersions(catalog),
    ])
    {
        SigningName = "glue",
    };

    private static WireException? Translate(Exception failure) => failure switch
    {
        CatalogException catalog => new WireException(400, TypeOf(catalog.Fault), catalog.Message),
        ObjectDisposedException => new WireException(500, "InternalServiceException", "The server is stopping."),
        _ => null,
    };

    private static string TypeOf(CatalogFault fault) => fault switch
    {
        CatalogFault.NotFound => "EntityNotFoundException",
        CatalogFault.AlreadyExists => "AlreadyExistsException",
        CatalogFault.InvalidInput => "InvalidInputException",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
