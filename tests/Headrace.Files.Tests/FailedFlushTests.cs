using System.Diagnostics;

namespace Headrace.Files.Tests;

/// <summary>
/// A flush that the disk refuses must be told. The kernel's refusal is injected by strace into a process of its own: this
/// test's program with the name of a file as its only word, which writes, flushes and says what came of it.
/// </summary>
public sealed class FailedFlushTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("headrace-flush-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("fdatasync", "flush: 5")]
    [InlineData("fsync", "directory: 5")]
    public async Task AnErrorOfTheDiskReachesTheCaller(string call, string expected) =>
        (await FlushAsync($"--inject={call}:error=EIO")).ShouldContain(expected);

    [Fact]
    public async Task WithoutAnErrorTheFlushReturns() => (await FlushAsync("--trace=none")).ShouldContain("flushed");

    private async Task<string> FlushAsync(string strace)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-qq", "-o", Path.Combine(_root, "calls"), strace, Environment.ProcessPath!])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FlushingProgram.Variable] = Path.Combine(_root, "file");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
        return await output + await errors;
    }
}
