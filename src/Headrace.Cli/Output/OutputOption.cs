using System.CommandLine;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Output;

/// <summary>The option <c>--output text|json</c>.</summary>
internal sealed class OutputOption
{
    private readonly Option<string> _option = new("--output")
    {
        HelpName = "text|json",
        Description = "For people, or one JSON object a line for programs",
        DefaultValueFactory = static _ => "text",
    };

    public void AddTo(Command command) => command.Add(_option);

    /// <exception cref="UsageException">It is neither.</exception>
    public OutputFormat Of(ParseResult parsed) => parsed.GetValue(_option) switch
    {
        "text" => OutputFormat.Text,
        "json" => OutputFormat.Json,
        var other => throw new UsageException($"--output must be text or json, not '{other}'"),
    };
}
