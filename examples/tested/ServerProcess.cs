using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Headrace.Examples.Tested;

/// <summary>The <c>headrace</c> command as a child process, for tests that don't build the server: it is found on the PATH, or where HEADRACE says.</summary>
public sealed partial class ServerProcess : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("headrace-").FullName;
    private Process? _process;

    public Uri Endpoint { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var command = Environment.GetEnvironmentVariable("HEADRACE") ?? "headrace";
        _process = Process.Start(new ProcessStartInfo(command, ["serve", "--data", _data, "--listen", "127.0.0.1:0", "--state-delay", "0s"]) { RedirectStandardError = true, UseShellExecute = false })!;
        // It says where it serves once it does.
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is not { Success: true } serving)
                continue;
            Endpoint = new Uri(serving.Value);
            _ = _process.StandardError.ReadToEndAsync();
            return;
        }
        throw new InvalidOperationException($"{command} ended before it served");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_data, recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
