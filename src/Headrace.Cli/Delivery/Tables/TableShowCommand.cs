using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables show DATABASE.TABLE</c>: its columns.</summary>
internal sealed class TableShowCommand : ServiceCommand<CatalogClient>
{
    private readonly Argument<string> _table = new("DATABASE.TABLE");
    private readonly OutputOption _output = new();

    public TableShowCommand(CommandConsole console)
        : base(ServiceApis.Glue, console, "show", "Show a table's columns.", "headrace delivery tables show lake.sessions")
    {
        Add(_table);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    public static void WriteJson(Utf8JsonWriter json, CatalogTable table)
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

    protected override async Task<int> RunAsync(CatalogClient catalog, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var name = TableName.Parse(parsed.GetRequiredValue(_table));
        var table = await catalog.GetTableAsync(name.Database, name.Table, cancellation);
        if (format == OutputFormat.Json)
        {
            Console.Output.WriteJson(table, WriteJson);
            return ExitCodes.Done;
        }
        foreach (var (column, type) in table.Columns)
            Console.Output.WriteLine($"{column}:{type}");
        return ExitCodes.Done;
    }
}
