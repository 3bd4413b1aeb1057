using System.Diagnostics;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>
/// Lets system calls of a running process fail, by strace, until it is disposed of. Where the system does not let one process
/// trace another, the test that wants it is skipped.
/// </summary>
internal sealed class DiskFault : IAsyncDisposable
{
    private readonly RunningProcess _strace;

    private DiskFault(RunningProcess strace) => _strace = strace;

    /// <param name="processId">The process.</param>
    /// <param name="calls">System calls, separated by commas.</param>
    /// <param name="error">The error's name, such as <c>EIO</c>.</param>
    public static async Task<DiskFault> InjectAsync(int processId, string calls, string error)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-p", $"{processId}", "-e", $"trace={calls}", "-e", $"inject={calls}:error={error}", "-e", "signal=none"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        RunningProcess strace;
        try
        {
            strace = RunningProcess.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("strace is not installed");
            throw;
        }
        await Deadline.UntilAsync(() => strace.HasEnded || strace.Error.Contains("attached", StringComparison.Ordinal), $"strace attaches: {strace}");
        if (!strace.HasEnded)
            return new DiskFault(strace);
        var said = strace.Error;
        await strace.DisposeAsync();
        Assert.Skip($"strace may not trace here: {said}");
        throw new UnreachableException();
    }

    /// <summary>The calls of which the process knows by now that they failed.</summary>
    public int Count => _strace.Error.Split("(INJECTED)").Length - 1;

    /// <summary>Ends the fault: the calls work again when this completes.</summary>
    public async ValueTask DisposeAsync()
    {
        // Interrupted, it lets go of the process; killed, it might leave threads stopped.
        _strace.Interrupt();
        await _strace.EndAsync();
        await _strace.DisposeAsync();
    }
}
