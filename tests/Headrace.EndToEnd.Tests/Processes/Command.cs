namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>Runs the <c>headrace</c> command.</summary>
internal static class Command
{
    /// <summary>Starts it and returns at once; its standard input stays open.</summary>
    public static RunningProcess Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null) =>
        RunningProcess.Start(BuiltCommand.Start(args, environment));

    /// <summary>Runs it to its end.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="input">What it reads from standard input; it sees the end after it.</param>
    /// <param name="environment">Variables to set on top of <see cref="CleanEnvironment"/>.</param>
    /// <param name="deadline">When it counts as hanging.</param>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static async Task<CommandResult> RunAsync(
        IEnumerable<string> args, string input = "", IReadOnlyDictionary<string, string>? environment = null, TimeSpan? deadline = null)
    {
        await using var process = Start(args, environment);
        try
        {
            await process.Input.WriteAsync(input);
            process.Input.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it, which is its own affair.
        }
        return await process.EndAsync(deadline);
    }
}
