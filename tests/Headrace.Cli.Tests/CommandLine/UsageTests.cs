using System.Text.RegularExpressions;

namespace Headrace.Cli.Tests.CommandLine;

public sealed partial class UsageTests
{
    [Fact]
    public async Task Version_is_a_number_and_nothing_else()
    {
        using var run = new CommandLineRun();
        (await run.RunAsync("--version")).ShouldBe(0);
        VersionNumber().IsMatch(run.Output).ShouldBeTrue(run.Output);
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData()]
    [InlineData("srve")]
    [InlineData("serve", "--bogus")]
    [InlineData("serve", "--data")]
    [InlineData("serve", "--limits", "half")]
    [InlineData("serve", "--fault", "PutRecords=Oops:1%")]
    [InlineData("serve", "--fault", "GetRecords=InternalFailure:1%", "--fault-seed", "many")]
    [InlineData("serve", "--tls-key", "key.pem")]
    [InlineData("streams", "list", "--ca-bundle", "/does/not/exist.pem")]
    [InlineData("serve", "--durability", "maybe")]
    [InlineData("serve", "--shard-limit", "0")]
    [InlineData("serve", "--state-delay", "soon")]
    [InlineData("serve", "--account", "12")]
    [InlineData("serve", "--listen", "nowhere")]
    [InlineData("serve", "--listen", "0.0.0.0:0")]
    [InlineData("serve", "--config", "/does/not/exist.json")]
    public async Task Bad_usage_ends_with_2_and_one_line(params string[] args)
    {
        using var run = new CommandLineRun();
        (await run.RunAsync(args)).ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith("headrace: ");
        run.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task An_unknown_command_is_named()
    {
        using var run = new CommandLineRun();
        await run.RunAsync("srve");
        run.Error.ShouldContain("'srve'");
        run.Error.ShouldContain("headrace --help");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("produce", "--help")]
    [InlineData("consume", "--help")]
    [InlineData("etl", "--help")]
    [InlineData("streams", "--help")]
    [InlineData("streams", "create", "--help")]
    [InlineData("buckets", "cp", "--help")]
    [InlineData("delivery", "create", "--help")]
    [InlineData("channels", "--help")]
    [InlineData("channels", "create", "--help")]
    [InlineData("channels", "logs", "--help")]
    [InlineData("channels", "update", "--help")]
    [InlineData("demo", "--help")]
    public async Task Help_shows_an_example_first(params string[] args)
    {
        using var run = new CommandLineRun();
        (await run.RunAsync(args)).ShouldBe(0);
        run.OutputLines[0].ShouldStartWith("Example");
        run.OutputLines[1].ShouldStartWith("  headrace ");
        run.Output.ShouldContain($"Usage:\n  headrace {string.Join(' ', args[..^1])}".TrimEnd());
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("produce")]
    [InlineData("consume")]
    [InlineData("streams", "create")]
    [InlineData("delivery", "create", "--name", "d")]
    [InlineData("channels", "create", "--name", "c", "--stream", "s")]
    [InlineData("channels", "delete")]
    public async Task A_missing_name_is_bad_usage(params string[] args)
    {
        using var run = new CommandLineRun();
        (await run.RunAsync(args)).ShouldBe(2);
        run.Error.ShouldContain("--help");
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+\n$")]
    private static partial Regex VersionNumber();
}
