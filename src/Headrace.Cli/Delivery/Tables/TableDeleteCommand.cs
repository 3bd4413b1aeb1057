using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables delete DATABASE.TABLE</c>.</summary>
internal sealed class TableDeleteCommand : ServiceCommand<CatalogClient>
{
    private readonly Argument<string> _table = new("DATABASE.TABLE");

    public TableDeleteCommand(CommandConsole console)
        : base(ServiceApis.Glue, console, "delete", "Delete a table with all of its versions.", "headrace delivery tables delete lake.sessions")
    {
        Add(_table);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(CatalogClient catalog, ParseResult parsed, CancellationToken cancellation)
    {
        var name = TableName.Parse(parsed.GetRequiredValue(_table));
        await catalog.DeleteTableAsync(name.Database, name.Table, cancellation);
        Console.Say($"deleted the table {name.Database}.{name.Table}");
        return ExitCodes.Done;
    }
}
