using System.CommandLine;
using System.Text.RegularExpressions;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;

namespace Headrace.Cli.Tests.CommandLine;

/// <summary>What users are told to type is a command.</summary>
public sealed partial class ShownCommandsTests : IDisposable
{
    private readonly Interruption _interruption = new();
    private readonly RootCommand _root;

    public ShownCommandsTests() => _root = CommandTree.Build(new CommandConsole(Stream.Null, new LineOutput(Stream.Null), TextWriter.Null, _interruption));

    public void Dispose() => _interruption.Dispose();

    [Fact]
    public void In_the_console()
    {
        var pages = Directory.GetFiles(Path.Combine(Root(), "console", "src"), "*.tsx", SearchOption.AllDirectories);
        var commands = pages.SelectMany(page => ShownCommand().Matches(File.ReadAllText(page))).Select(match => match.Groups["arguments"].Value).ToList();
        commands.Count.ShouldBeGreaterThan(5);
        commands.ForEach(ShouldParse);
    }

    [Fact]
    public void In_the_help()
    {
        var examples = ExamplesOf(_root).ToList();
        examples.Count.ShouldBeGreaterThan(30);
        foreach (var example in examples)
        {
            example.ShouldStartWith("headrace ");
            ShouldParse(example["headrace ".Length..]);
        }
    }

    private static IEnumerable<string> ExamplesOf(Command command) =>
        (command is ExampleCommand shown ? shown.Examples : []).Concat(command.Subcommands.SelectMany(ExamplesOf));

    private void ShouldParse(string arguments)
    {
        var args = Word().Matches(arguments).Select(word => word.Value.Trim('\'')).ToArray();
        _root.Parse(args).Errors.Select(error => error.Message).ShouldBeEmpty(arguments);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headrace.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Headrace.slnx");
        return folder;
    }

    [GeneratedRegex(@"\./headrace (?<arguments>[^\n`<]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ShownCommand();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();
}
