using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Serve.Programs;

/// <summary>Reads a program: <c>NAME=COMMAND</c>, the command and its arguments with blanks between them.</summary>
internal static class ProgramValue
{
    /// <exception cref="UsageException">It is no such text.</exception>
    public static KeyValuePair<string, IReadOnlyList<string>> Parse(string text)
    {
        var parts = text.Split('=', 2);
        var command = parts[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && parts[0].Length > 0 && command.Length > 0
            ? KeyValuePair.Create<string, IReadOnlyList<string>>(parts[0], command)
            : throw new UsageException($"--program {text}: it must be like clean=/usr/bin/python3 clean.py");
    }
}
