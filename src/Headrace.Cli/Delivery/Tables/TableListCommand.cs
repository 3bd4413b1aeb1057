using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables list</c>.</summary>
internal sealed class TableListCommand : ServiceCommand<CatalogClient>
{
    private readonly Argument<string?> _database = new("DATABASE") { Arity = ArgumentArity.ZeroOrOne, Description = "Only those of a database" };
    private readonly OutputOption _output = new();

    public TableListCommand(CommandConsole console)
        : base(ServiceApis.Glue, console, "list", "List the tables by database and name.", "headrace delivery tables list", "headrace delivery tables list lake")
    {
        Add(_database);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(CatalogClient catalog, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        if (parsed.GetValue(_database) is { } one)
        {
            await ListAsync(catalog, one, format, cancellation);
            return ExitCodes.Done;
        }
        await foreach (var database in catalog.ListDatabasesAsync(cancellation))
            await ListAsync(catalog, database, format, cancellation);
        return ExitCodes.Done;
    }

    private async Task ListAsync(CatalogClient catalog, string database, OutputFormat format, CancellationToken cancellation)
    {
        await foreach (var table in catalog.ListTablesAsync(database, cancellation))
        {
            if (format == OutputFormat.Json)
                Console.Output.WriteJson(table, TableShowCommand.WriteJson);
            else
                Console.Output.WriteLine($"{table.Database}.{table.Name}");
        }
    }
}
