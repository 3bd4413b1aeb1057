using Spectre.Console;
using Spectre.Console.Rendering;

namespace Headrace.Cli.Top;

/// <summary>Keeps the tables on the terminal, drawn anew with each look, until Ctrl-C.</summary>
internal static class TopScreen
{
    /// <summary>Rates are over a few looks, so that a number can be read before it changes.</summary>
    private const int LooksOfARate = 3;

    public static Task ShowAsync(IAsyncEnumerable<Overview> overviews, Uri server, CancellationToken cancellation) =>
        AnsiConsole.Live(new Text("Waiting for the server…")).AutoClear(true).StartAsync(async display =>
        {
            var looks = new Queue<Overview>();
            await foreach (var overview in overviews.WithCancellation(cancellation))
            {
                looks.Enqueue(overview);
                if (looks.Count > LooksOfARate + 1)
                    looks.Dequeue();
                display.UpdateTarget(Draw(overview, looks.Peek(), server));
            }
        });

    private static Rows Draw(Overview now, Overview before, Uri server)
    {
        var width = AnsiConsole.Profile.Width;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(now.Time).UtcDateTime;
        List<IRenderable> parts = [new Text($"{server.GetLeftPart(UriPartial.Authority)}  account {now.Account}  {now.Region}  {time:yyyy-MM-dd HH:mm:ss} UTC")];
        foreach (var table in TopTables.Of(now, before))
        {
            parts.Add(Text.Empty);
            parts.AddRange(table.Lines().Select(line => new Text(line[..Math.Min(line.Length, width)])));
        }
        return new Rows(parts);
    }
}
