using System.Diagnostics;
using System.Globalization;
using Headrace.Cli.CommandLine;
using Spectre.Console;

namespace Headrace.Cli.Output;

/// <summary>
/// Shows counters while work runs: bars where standard error is a terminal, otherwise a plain line now and then
/// (or nothing, where <paramref name="plainEvery"/> is null).
/// </summary>
internal sealed class ProgressBoard(CommandConsole console, TimeSpan? plainEvery)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs <paramref name="work"/> and shows <paramref name="counters"/> until it ends, however it ends.</summary>
    public async Task RunAsync(IReadOnlyList<ProgressCounter> counters, Func<Task> work)
    {
        var running = work();
        if (console.ErrorIsTerminal)
            await ShowBarsAsync(counters, running);
        else if (plainEvery is { } interval)
            await ShowLinesAsync(counters, running, interval);
        await running;
    }

    private static async Task ShowBarsAsync(IReadOnlyList<ProgressCounter> counters, Task running)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var since = Stopwatch.StartNew();
        await terminal.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new SpinnerColumn())
            .StartAsync(async display =>
            {
                var bars = counters.Select(counter => display.AddTask(Markup.Escape(counter.Name), maxValue: counter.Total ?? 1)).ToList();
                while (!running.IsCompleted)
                {
                    Update(counters, bars, since.Elapsed);
                    await Task.WhenAny(running, Task.Delay(Refresh));
                }
                Update(counters, bars, since.Elapsed);
            });
    }

    private static void Update(IReadOnlyList<ProgressCounter> counters, List<ProgressTask> bars, TimeSpan elapsed)
    {
        for (var i = 0; i < bars.Count; i++)
        {
            var counter = counters[i];
            bars[i].IsIndeterminate = counter.Total is null;
            bars[i].Value = counter.Total is null ? 0 : Math.Min(counter.Value, counter.Total.Value);
            bars[i].Description = Markup.Escape(counter.Unit is null ? $"{Describe(counter)} ({Rate(counter.Value, elapsed)})" : Describe(counter));
        }
    }

    private async Task ShowLinesAsync(IReadOnlyList<ProgressCounter> counters, Task running, TimeSpan interval)
    {
        while (await Task.WhenAny(running, Task.Delay(interval)) != running)
            console.Say(string.Join(" · ", counters.Select(Describe)));
    }

    private static string Describe(ProgressCounter counter) => counter.Total is { } total
        ? $"{counter.Name} {Number(counter.Value)} of {Number(total)}"
        : $"{counter.Name} {Number(counter.Value)}{(counter.Unit is { } unit ? $" {unit}" : "")}";

    private static string Rate(long count, TimeSpan elapsed) => $"{Number((long)(count / Math.Max(elapsed.TotalSeconds, 0.001)))}/s";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
