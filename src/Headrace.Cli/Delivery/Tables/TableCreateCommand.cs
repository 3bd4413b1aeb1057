using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables create DATABASE.TABLE</c>.</summary>
internal sealed class TableCreateCommand : ServiceCommand<CatalogClient>
{
    private readonly Argument<string> _table = new("DATABASE.TABLE");
    private readonly Option<string[]> _columns = new("--column") { HelpName = "NAME:TYPE", Description = "A column and its Hive type, such as tags:array<string>; repeatable, in their order", Required = true };

    public TableCreateCommand(CommandConsole console)
        : base(ServiceApis.Glue, console, "create", "Create a table, and its database where it is missing.", "headrace delivery tables create lake.sessions --column session_id:string --column 'history:array<struct<code:string,n:int>>'")
    {
        Add(_table);
        Add(_columns);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(CatalogClient catalog, ParseResult parsed, CancellationToken cancellation)
    {
        var name = TableName.Parse(parsed.GetRequiredValue(_table));
        var columns = parsed.GetRequiredValue(_columns).Select(ColumnOf).ToList();
        try
        {
            await catalog.CreateDatabaseAsync(name.Database, cancellation);
        }
        catch (KinesisException refusal) when (refusal.ErrorType == "AlreadyExistsException")
        {
            // As wanted.
        }
        await catalog.CreateTableAsync(name.Database, name.Table, columns, cancellation);
        Console.Say($"created the table {name.Database}.{name.Table}");
        return ExitCodes.Done;
    }

    private static KeyValuePair<string, string> ColumnOf(string text) => text.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } type]
        ? KeyValuePair.Create(name, type)
        : throw new UsageException($"--column must be NAME:TYPE, such as quantity:int, not '{text}'");
}
