using System.Diagnostics;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>The <c>headrace</c> command as the build left it, in the configuration that the tests were built in.</summary>
internal static class BuiltCommand
{
    /// <summary>The repository's root: the nearest folder above the tests that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Path { get; } = Find();

    /// <summary>
    /// How to start it with <paramref name="args"/>: in an environment without a trace of the developer's own AWS settings,
    /// with credentials that mean nothing, and with <paramref name="environment"/> on top.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="launcher">A program and its arguments that starts the command, such as <c>strace -f</c>; none when empty.</param>
    public static ProcessStartInfo Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? launcher = null)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] line = [.. launcher ?? [], Path, .. args];
        start.FileName = line[0];
        foreach (var argument in line.Skip(1))
            start.ArgumentList.Add(argument);
        CleanEnvironment.Apply(start, environment);
        return start;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Headrace.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Headrace.slnx.");
    }

    private static string Find()
    {
        // The tests run from …/bin/CONFIGURATION/FRAMEWORK/, and the command's project is built into folders of the same names.
        var framework = new DirectoryInfo(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = System.IO.Path.Combine(RepositoryRoot, "src", "Headrace.Cli", "bin", framework.Parent!.Name, framework.Name, "headrace");
        return File.Exists(path) ? path : throw new FileNotFoundException("The headrace command is not built.", path);
    }
}
