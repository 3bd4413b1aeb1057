using System.Diagnostics;

namespace Headrace.Bench.Processes;

/// <summary>A program that is run to its end.</summary>
internal static class ChildProgram
{
    /// <summary>Runs it, and gives its standard output.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new BenchmarkException($"{program} could not be started");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? await output
                : throw new BenchmarkException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {(await error).TrimEnd().ReplaceLineEndings(" ")}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
