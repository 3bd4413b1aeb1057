using System.Diagnostics;

namespace Headrace.Client.Tests.Leases;

/// <summary>npm's dynalite, which answers as DynamoDB does, as a process of its own.</summary>
public sealed class Dynalite : IAsyncLifetime
{
    private Process _process = null!;

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Root(), "tests", "Headrace.EndToEnd.Tests", "clients", "dynalite.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync();
        Endpoint = new Uri(line ?? throw new InvalidOperationException("dynalite did not start; are the JavaScript clients installed?"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headrace.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder;
    }
}
