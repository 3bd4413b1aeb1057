using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables list</c>.</summary>
internal sealed class TableListCommand : ListCommand<CatalogClient, CatalogTable>
{
    private readonly Argument<string?> _database = new("DATABASE") { Arity = ArgumentArity.ZeroOrOne, Description = "Only those of a database" };

    public TableListCommand(CommandConsole console)
        : base(ServiceApis.Glue, console, "List the tables by database and name.", "headrace delivery tables list", "headrace delivery tables list lake") =>
        Add(_database);

    protected override async IAsyncEnumerable<CatalogTable> ListAsync(CatalogClient catalog, ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var databases = parsed.GetValue(_database) is { } one ? AsyncEnumerable.Repeat(one, 1) : catalog.ListDatabasesAsync(cancellation);
        await foreach (var database in databases)
        {
            await foreach (var table in catalog.ListTablesAsync(database, cancellation))
                yield return table;
        }
    }

    protected override string TextOf(CatalogTable table) => $"{table.Database}.{table.Name}";

    protected override void WriteJson(Utf8JsonWriter json, CatalogTable table) => TableJson.Write(json, table);
}
