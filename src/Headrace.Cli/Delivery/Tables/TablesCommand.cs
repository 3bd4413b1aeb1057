using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Delivery.Tables;

/// <summary><c>headrace delivery tables</c>: the tables by which records become Parquet.</summary>
internal sealed class TablesCommand : ExampleCommand
{
    public TablesCommand(CommandConsole console)
        : base(
            "tables",
            "Work with the tables by which records become Parquet.",
            "headrace delivery tables create lake.sessions --column session_id:string --column quantity:int",
            "headrace delivery tables list")
    {
        Add(new TableCreateCommand(console));
        Add(new TableListCommand(console));
        Add(new TableShowCommand(console));
        Add(new TableDeleteCommand(console));
    }
}
