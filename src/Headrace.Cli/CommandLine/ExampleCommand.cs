using System.CommandLine;

namespace Headrace.Cli.CommandLine;

/// <summary>A command whose help begins with an example, since that is what people look for.</summary>
internal abstract class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
