using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Headrace.Cli.CommandLine;

/// <summary>Help that shows a command's examples first and then what the library says.</summary>
internal sealed class ExampleHelp(SynchronousCommandLineAction rest) : SynchronousCommandLineAction
{
    private static readonly string[] LabExamples =
    [
        "headrace demo",
        "headrace serve",
        "headrace consume --stream orders",
        "headrace produce --stream orders --json-string '{\"session_id\":\"a1\"}'",
    ];

    public override bool ClearsParseErrors => true;

    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new ExampleHelp((SynchronousCommandLineAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command switch
        {
            ExampleCommand command => command.Examples,
            _ => LabExamples,
        };
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return rest.Invoke(parseResult);
    }
}
