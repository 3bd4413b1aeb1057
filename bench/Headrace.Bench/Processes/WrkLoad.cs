using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Headrace.Bench.Ingest;

namespace Headrace.Bench.Processes;

/// <summary>Load by Debian's wrk.</summary>
internal static class WrkLoad
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <param name="endpoint">The server.</param>
    /// <param name="script">The Lua script that makes the requests.</param>
    /// <param name="bodies">The folder of request bodies.</param>
    /// <param name="seconds">How long to send.</param>
    /// <param name="cancellation">Ends wrk.</param>
    /// <exception cref="BenchmarkException">wrk failed.</exception>
    public static async Task<WrkResult> RunAsync(Uri endpoint, string script, string bodies, int seconds, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "--threads", Text(IngestSettings.WrkThreads), "--connections", Text(IngestSettings.Connections), "--timeout", "30s",
            "--duration", Text(seconds) + "s", "--script", script, endpoint.ToString(), "--", bodies, Text(IngestSettings.Bodies),
        ];
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        try
        {
            var errors = wrk.StandardError.ReadToEndAsync(cancellation);
            var output = await wrk.StandardOutput.ReadToEndAsync(cancellation);
            await wrk.WaitForExitAsync(cancellation);
            var line = output.Split('\n').LastOrDefault(line => line.StartsWith('{'));
            if (wrk.ExitCode != 0 || line is null)
                throw new BenchmarkException($"wrk failed: {await errors}{output}".ReplaceLineEndings(" "));
            return JsonSerializer.Deserialize<WrkResult>(line, CamelCase)!;
        }
        finally
        {
            if (!wrk.HasExited)
                wrk.Kill();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
