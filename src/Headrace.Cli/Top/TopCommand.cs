using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Top;

/// <summary><c>headrace top</c>: what flows through a server, each second anew.</summary>
internal sealed class TopCommand : ExampleCommand
{
    private readonly CommandConsole _console;
    private readonly ConnectionOptions _connection = new();
    private readonly Option<bool> _once = new("--once") { Description = "Look for one second, print it and end; the default where standard output is not a terminal" };

    public TopCommand(CommandConsole console)
        : base("top", "Watch streams, consumers and deliveries of a Headrace server live.", "headrace top", "headrace top --once")
    {
        _console = console;
        Add(_once);
        _connection.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var feed = new OverviewFeed(_connection.Of(parsed, "kinesis"));
        await feed.SignInAsync(cancellation);
        var overviews = feed.FollowAsync(cancellation);
        if (parsed.GetValue(_once) || !_console.OutputIsTerminal)
            await PrintOnceAsync(overviews, cancellation);
        else
            await TopScreen.ShowAsync(overviews, feed.Address, cancellation);
        return ExitCodes.Done;
    }

    private async Task PrintOnceAsync(IAsyncEnumerable<Overview> overviews, CancellationToken cancellation)
    {
        Overview? first = null;
        await foreach (var overview in overviews.WithCancellation(cancellation))
        {
            if (first is null)
            {
                first = overview;
                continue;
            }
            foreach (var line in TopTables.Of(overview, first).SelectMany(static table => table.Lines().Append("")))
                _console.Output.WriteLine(line);
            return;
        }
        throw new CommandFailedException("the server ended the connection");
    }
}
