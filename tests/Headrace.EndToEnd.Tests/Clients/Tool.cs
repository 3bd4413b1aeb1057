using System.Diagnostics;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>Programs that nobody here wrote, pointed at a server by their environment.</summary>
internal static class Tool
{
    // Debian's own, whatever else the PATH has.
    public const string Python = "/usr/bin/python3";
    public const string AwsCli = "/usr/bin/aws";
    public const string Node = "node";

    /// <summary>Where the scripts lie that are not C#.</summary>
    public static string Scripts { get; } = Path.Combine(BuiltCommand.RepositoryRoot, "tests", "Headrace.EndToEnd.Tests", "clients");

    /// <summary>Starts a program and returns at once.</summary>
    public static RunningProcess Start(ServerProcess server, string folder, string program, params IEnumerable<string> args) =>
        Start(server.Url, folder, program, args, new Dictionary<string, string>());

    /// <summary>Runs a program to its end.</summary>
    public static Task<CommandResult> RunAsync(ServerProcess server, string folder, string program, params IEnumerable<string> args) =>
        RunAsync(server, new Dictionary<string, string>(), folder, program, args);

    /// <summary>Runs a program to its end, with more variables in its environment.</summary>
    public static async Task<CommandResult> RunAsync(ServerProcess server, IReadOnlyDictionary<string, string> environment, string folder, string program, params IEnumerable<string> args)
    {
        await using var process = Start(server.Url, folder, program, args, environment);
        process.Input.Close();
        return await process.EndAsync();
    }

    private static RunningProcess Start(string url, string folder, string program, IEnumerable<string> args, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        CleanEnvironment.Apply(start, new Dictionary<string, string>(environment)
        {
            ["AWS_ENDPOINT_URL"] = url,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        });
        return RunningProcess.Start(start);
    }
}
