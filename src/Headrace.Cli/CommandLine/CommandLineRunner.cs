using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Headrace.Cli.Output;

namespace Headrace.Cli.CommandLine;

/// <summary>Runs one command line: parses it, runs its command, turns every failure into one line and an exit code.</summary>
internal static class CommandLineRunner
{
    public static string Version { get; } =
        typeof(CommandLineRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <returns>One of <see cref="ExitCodes"/>. Never throws.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandConsole console)
    {
        try
        {
            var exitCode = args is ["--version"] ? PrintVersion(console) : await ParseAndRunAsync(args, console);
            console.Output.Flush();
            return exitCode;
        }
        catch (OutputClosedException)
        {
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (console.Interruption.IsRequested)
        {
            return FlushOf(console, console.Interruption.ExitCode);
        }
        catch (UsageException mistake)
        {
            console.Say(mistake.Message);
            return FlushOf(console, ExitCodes.BadUsage);
        }
        catch (Exception failure)
        {
            console.Say(FailureLine.Of(failure));
            return FlushOf(console, ExitCodes.Failed);
        }
    }

    private static int PrintVersion(CommandConsole console)
    {
        console.Output.WriteLine(Version);
        return ExitCodes.Done;
    }

    /// <summary>What was a result before the failure stays one; a reader who has gone changes nothing any more.</summary>
    private static int FlushOf(CommandConsole console, int exitCode)
    {
        try
        {
            console.Output.Flush();
        }
        catch (Exception failure) when (failure is OutputClosedException or IOException)
        {
            return exitCode;
        }
        return exitCode;
    }

    private static async Task<int> ParseAndRunAsync(IReadOnlyList<string> args, CommandConsole console)
    {
        var root = CommandTree.Build(console);
        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction || (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true }))
            throw new UsageException(MistakeIn(parsed));
        using var help = new StringWriter();
        var exitCode = await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = help, Error = console.Error },
            console.Interruption.Token);
        if (help.GetStringBuilder().Length > 0)
            console.Output.WriteLine(help.ToString().TrimEnd());
        return exitCode;
    }

    private static string MistakeIn(ParseResult parsed)
    {
        var path = "";
        for (Symbol? command = parsed.CommandResult.Command; command is not null and not RootCommand; command = command.Parents.FirstOrDefault())
            path = $" {command.Name}{path}";
        var mistakes = parsed.Errors.Select(static error => error.Message.TrimEnd('.')).Distinct().ToList();
        if (parsed.UnmatchedTokens.Count > 0)
            mistakes.RemoveAll(static mistake => mistake.StartsWith("Required", StringComparison.Ordinal));
        // Of a wrong command only the first word is the mistake, and the rest follows from it.
        if (path.Length == 0 && mistakes.Count > 1)
            mistakes.RemoveRange(1, mistakes.Count - 1);
        var mistake = mistakes.Count > 0 ? string.Join("; ", mistakes) : "a command is missing";
        return $"{mistake.ReplaceLineEndings(" ")}; see 'headrace{path} --help'";
    }
}
