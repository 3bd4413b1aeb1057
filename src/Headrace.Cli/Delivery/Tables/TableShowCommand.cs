using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables show DATABASE.TABLE</c>: its columns.</summary>
internal sealed class TableShowCommand(CommandConsole console)
    : DescribeCommand<CatalogClient, CatalogTable>(ServiceApis.Glue, console, "show", new Argument<string>("DATABASE.TABLE"), "Show a table's columns.", "headrace delivery tables show lake.sessions")
{
    protected override Task<CatalogTable> FindAsync(CatalogClient catalog, string name, CancellationToken cancellation)
    {
        var (database, table) = TableName.Parse(name);
        return catalog.GetTableAsync(database, table, cancellation);
    }

    protected override IEnumerable<string> LinesOf(CatalogTable table) => table.Columns.Select(static column => $"{column.Key}:{column.Value}");

    protected override void WriteJson(Utf8JsonWriter json, CatalogTable table) => TableJson.Write(json, table);
}
