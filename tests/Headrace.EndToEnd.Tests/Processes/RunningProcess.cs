using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>A started process whose output is collected while it runs. Disposing ends it and all that it started.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _collecting;
    private readonly string _line;

    private RunningProcess(Process process, string line)
    {
        _process = process;
        _line = line;
        Id = process.Id;
        _collecting = Task.WhenAll(CollectAsync(process.StandardOutput, _output), CollectAsync(process.StandardError, _error));
    }

    public int Id { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => TextOf(_output);

    /// <summary>How many characters it has written to standard output so far: <see cref="Output"/> copies them all, which shows where one asks often.</summary>
    public int OutputLength
    {
        get
        {
            lock (_output)
                return _output.Length;
        }
    }

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => TextOf(_error);

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts the process; its standard streams must be redirected, and its environment is taken as it is.</summary>
    public static RunningProcess Start(ProcessStartInfo start)
    {
        Signals.StopIgnoringInterrupt();
        return new RunningProcess(Process.Start(start)!, string.Join(' ', [Path.GetFileName(start.FileName), .. start.ArgumentList]));
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public void Interrupt() => Signals.SendInterrupt(Id);

    /// <summary>Ends it as <c>kill -9</c> does, and waits until it is gone. It may have ended before.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself and all of its output has been read.</summary>
    /// <exception cref="TimeoutException">It has not ended; the message holds what it said.</exception>
    public async Task<CommandResult> EndAsync(TimeSpan? deadline = null)
    {
        using var patience = new CancellationTokenSource(deadline ?? Deadline.OfCommand);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            await _collecting.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"It did not end: {this}", late);
        }
        return new CommandResult(_line, _process.ExitCode, Output, Error);
    }

    /// <summary>Waits until standard error shows <paramref name="pattern"/>.</summary>
    /// <exception cref="InvalidOperationException">It ended without; the message holds what it said.</exception>
    public async Task<Match> ErrorShowsAsync(Regex pattern)
    {
        await Deadline.UntilAsync(() => pattern.IsMatch(Error) || HasEnded, $"{pattern} in what was said by {this}");
        if (HasEnded)
            await _collecting.WaitAsync(Deadline.OfStart);
        var match = pattern.Match(Error);
        return match.Success ? match : throw new InvalidOperationException($"It ended without a sign of {pattern}: {this}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _collecting.WaitAsync(Deadline.OfStart);
        _process.Dispose();
    }

    /// <summary>The command line and what it wrote, the last part of it, for the message of a failed test.</summary>
    public override string ToString() => $"{_line}\n--- standard output\n{EndOf(Output)}\n--- standard error\n{EndOf(Error)}";

    private static string EndOf(string text) => text.Length <= 4_000 ? text : $"…{text[^4_000..]}";

    private static string TextOf(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private static async Task CollectAsync(StreamReader reader, StringBuilder into)
    {
        var buffer = new char[16 * 1024];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (into)
                into.Append(buffer, 0, count);
        }
    }
}
