using System.Text.RegularExpressions;

namespace Headrace.Cli.Tests.Demo;

public sealed partial class DemoCommandTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_whole_lab_is_right_and_nothing_is_left_behind()
    {
        using var run = new CommandLineRun();
        (await run.RunAsync("demo", "--count", "500").WaitAsync(Deadline)).ShouldBe(0, run.Error);
        run.Output.ShouldContain("All 500 records were delivered exactly once, to the right bucket.");
        run.Output.ShouldContain("overall_product_quantity");
        var all = run.OutputLines.Single(line => line.StartsWith("all ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        all[1..].ShouldBe(["500", "500", "500", "500"]);
        Directory.Exists(DataFolderOf(run)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_run_on_the_same_data_is_right_as_well()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 2; i++)
        {
            using var run = new CommandLineRun();
            (await run.RunAsync("demo", "--count", "200", "--data", folder.Path).WaitAsync(Deadline)).ShouldBe(0, run.Error);
            run.Output.ShouldContain("All 200 records");
        }
        File.Exists(Path.Combine(folder.Path, "headrace.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Records_that_are_no_sessions_are_dead_letters_each_once()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("own.ndjson", """
            {"session_id":"a","country":"USA","browse_history":[{"product_code":"P","quantity":"2","in_shopping_cart":true}]}
            {"magnitude":4.5,"place":"Ridgecrest"}
            {"magnitude":4.5,"place":"Ridgecrest"}
            """);
        using var run = new CommandLineRun();
        (await run.RunAsync("demo", "--file", file).WaitAsync(Deadline)).ShouldBe(0, run.Error);
        run.Output.ShouldContain("All 3 records arrived exactly once: 1 in the right bucket, 2 in the dead letters.");
    }

    [Fact]
    public async Task Interrupted_it_ends_with_130_and_leaves_nothing_behind()
    {
        using var run = new CommandLineRun();
        var running = Task.Run(() => run.RunAsync("demo", "--count", "1000000"));
        await Eventually.TrueAsync(() => running.IsCompleted || run.Error.Contains("are active"), Deadline);
        run.Interruption.Request();
        (await running.WaitAsync(Deadline)).ShouldBe(130, run.Error);
        Directory.Exists(DataFolderOf(run)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--count", "0")]
    [InlineData("--count", "5", "--file", "x")]
    [InlineData("--file", "/does/not/exist")]
    [InlineData("--listen", "0.0.0.0:0")]
    public async Task Bad_usage_starts_nothing(params string[] args)
    {
        using var run = new CommandLineRun();
        (await run.RunAsync(["demo", .. args])).ShouldBe(2);
        run.Error.TrimEnd().ShouldNotContain('\n');
    }

    private static string DataFolderOf(CommandLineRun run) => DataFolder().Match(run.Error) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException(run.Error);

    [GeneratedRegex(@"\(data in (\S+), removed at the end\)")]
    private static partial Regex DataFolder();
}
