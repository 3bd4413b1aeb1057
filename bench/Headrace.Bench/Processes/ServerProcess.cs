using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Headrace.Bench.Processes;

/// <summary>A server under load: a process of its own on a free port of 127.0.0.1, ended by its id when disposed.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private const double ClockTicksPerSecond = 100;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private bool _ended;

    private ServerProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    /// <summary>The processor time that it has used so far.</summary>
    public CpuTime Cpu
    {
        get
        {
            // Behind the name, which may hold anything, come the fields from the third on; the 14th and 15th are user and system time.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new CpuTime(
                long.Parse(fields[11], CultureInfo.InvariantCulture) / ClockTicksPerSecond,
                long.Parse(fields[12], CultureInfo.InvariantCulture) / ClockTicksPerSecond);
        }
    }

    /// <summary>The bytes that it has read from files and sockets so far, from the page cache or not. Mapped files do not count.</summary>
    public long BytesRead => ReadCount("io", "rchar:");

    /// <summary>The memory that it occupies now.</summary>
    public long ResidentBytes => ReadCount("status", "VmRSS:") * 1024;

    /// <summary>Starts a .NET program and waits for the line that names its address.</summary>
    /// <exception cref="BenchmarkException">It ended, or said nothing in time.</exception>
    public static Task<ServerProcess> StartAsync(string dll, IEnumerable<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null) =>
        StartAsync(Environment.ProcessPath!, dll, arguments, cancellation, environment);

    /// <summary>Starts a program that another one runs, as node does a script, and waits for the line that names its address.</summary>
    /// <exception cref="BenchmarkException">It ended, or said nothing in time.</exception>
    public static async Task<ServerProcess> StartAsync(
        string runtime, string program, IEnumerable<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!File.Exists(program))
            throw new BenchmarkException($"{program} does not exist: build it first");
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = "it said nothing";
        var start = new ProcessStartInfo(runtime, [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Listen(object sender, DataReceivedEventArgs said)
        {
            if (said.Data is not { } line)
                return;
            last = line;
            if (Address().Match(line) is { Success: true } found)
                address.TrySetResult(new Uri(found.Value));
        }

        process.OutputDataReceived += Listen;
        process.ErrorDataReceived += Listen;
        process.Exited += (_, _) => address.TrySetException(new BenchmarkException($"{Path.GetFileName(program)} ended at once: {last}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerProcess(process, await address.Task.WaitAsync(StartLimit, cancellation));
        }
        catch (Exception failure)
        {
            End(process);
            throw failure is TimeoutException ? new BenchmarkException($"{Path.GetFileName(program)} did not start in {StartLimit.TotalSeconds:0} s: {last}") : failure;
        }
    }

    /// <summary>Kills it (SIGKILL) and waits for its end.</summary>
    public void Dispose()
    {
        if (!_ended)
            End(_process);
        _ended = true;
    }

    private long ReadCount(string file, string name)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/{file}")).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture);
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
