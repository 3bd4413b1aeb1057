using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Lab;

/// <summary><c>headrace demo</c> run again on the same data, and watched in a terminal.</summary>
public sealed partial class RepeatedDemoTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Every_run_on_the_same_data_counts_its_own_records()
    {
        for (var run = 0; run < 2; run++)
        {
            var demo = (await Command.RunAsync(["demo", "--count", "2000", "--data", _temporary.At("data")])).ShouldHaveExited(0);
            demo.Output.ShouldContain("All 2,000 records were delivered exactly once, to the right bucket.");
            var rows = demo.OutputLines.Select(line => Row().Match(line)).Where(match => match.Success).ToDictionary(match => match.Groups["name"].Value, CountsOf);
            rows.Keys.ShouldBe(["USA", "International", "all"], ignoreOrder: true, demo.ToString());
            rows["all"].ShouldBe([2000, 2000, 2000, 2000]);
            foreach (var side in new[] { "USA", "International" })
            {
                rows[side][0].ShouldBeGreaterThan(0);
                rows[side].Distinct().Count().ShouldBe(1, $"produced, transformed, routed and delivered differ for {side}");
            }
        }
    }

    [Fact]
    public async Task In_a_terminal_it_keeps_its_server_up_until_ctrl_c()
    {
        // exec: a shell that waited beside it would report the interrupt as its own end.
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", $"exec '{BuiltCommand.Path}' demo", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CleanEnvironment.Apply(start, new Dictionary<string, string> { ["TERM"] = "xterm", ["TMPDIR"] = _temporary.Path });
        await using var terminal = RunningProcess.Start(start);
        await Deadline.UntilAsync(() => terminal.HasEnded || StaysUp().IsMatch(terminal.Output), $"it says that its server stays up: {terminal}", Deadline.OfCommand);
        terminal.Output.ShouldContain("All 10,000 records were delivered exactly once, to the right bucket.");
        using (var kinesis = new KinesisHttp(new Uri(StaysUp().Match(terminal.Output).Groups["url"].Value)))
            (await kinesis.StatusAsync("de-c2w2lab1-usa-data-stream")).ShouldBe("ACTIVE");

        // The terminal makes a signal of it.
        await terminal.Input.WriteAsync('\u0003');
        await terminal.Input.FlushAsync();
        (await terminal.EndAsync()).ShouldHaveExited(0);
        Directory.EnumerateFileSystemEntries(_temporary.Path).ShouldBeEmpty();
    }

    private static long[] CountsOf(Match row) =>
        [.. row.Groups["count"].Captures.Select(count => long.Parse(count.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^(?<name>USA|International|all)\b.*?(\s+(?<count>[\d,]+)){4}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"the server stays up at (?<url>\S+);", RegexOptions.ExplicitCapture)]
    private static partial Regex StaysUp();
}
