using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;

namespace Headrace.Pipelines;

/// <summary>A program that answers each line on its standard input with one line on its standard output. Not thread-safe.</summary>
internal sealed class RunningProgram : IDisposable
{
    private const int KeptErrorLine = 300;

    private readonly ProgramCommand _command;
    private readonly Process _process;
    private readonly PipeReader _answers;
    private volatile string _lastError = "";

    /// <exception cref="PipelineException">There is no such program.</exception>
    public RunningProgram(ProgramCommand command)
    {
        _command = command;
        var start = new ProcessStartInfo(command.Command[0], command.Command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (command.Directory is not null)
            start.WorkingDirectory = command.Directory;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new PipelineException($"exec cannot start {command.Command[0]}: {e.Message}", e);
        }
        _process.ErrorDataReceived += (_, said) =>
        {
            if (!string.IsNullOrWhiteSpace(said.Data))
                _lastError = said.Data.Length > KeptErrorLine ? said.Data[..KeptErrorLine] : said.Data;
        };
        _process.BeginErrorReadLine();
        _answers = PipeReader.Create(_process.StandardOutput.BaseStream);
    }

    /// <summary>True once it has answered anything.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Sends lines and takes their answers, as long as it lives.</summary>
    /// <param name="lines">Each without a newline.</param>
    /// <param name="take">Is given each line's answer, in order.</param>
    /// <returns>Null when all are answered; otherwise why it gave no more answers.</returns>
    public async Task<string?> AskAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, Action<ReadOnlySequence<byte>> take, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(lines, stop.Token);
        try
        {
            return await TakeAnswersAsync(lines.Count, take, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await sending;
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself meanwhile.
        }
        _process.Dispose();
    }

    private async Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        var input = _process.StandardInput.BaseStream;
        try
        {
            foreach (var line in lines)
            {
                await input.WriteAsync(line, cancellationToken);
                await input.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
            await input.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended; the missing answers tell.
        }
    }

    private async Task<string?> TakeAnswersAsync(int count, Action<ReadOnlySequence<byte>> take, CancellationToken cancellationToken)
    {
        for (var answered = 0; answered < count;)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(_command.Timeout);
            ReadResult read;
            try
            {
                read = await _answers.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return $"no answer within {_command.Timeout.TotalSeconds:0.###} s; a program must flush after each line";
            }
            var rest = read.Buffer;
            while (answered < count && rest.PositionOf((byte)'\n') is { } end)
            {
                take(rest.Slice(0, end));
                HasAnswered = true;
                rest = rest.Slice(rest.GetPosition(1, end));
                answered++;
            }
            _answers.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted && answered < count)
                return await DeathAsync(cancellationToken);
        }
        return null;
    }

    private async Task<string> DeathAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(_command.Timeout, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var code = _process.HasExited ? $"with exit code {_process.ExitCode}" : "its output";
        return _lastError.Length == 0 ? $"the program ended {code}" : $"the program ended {code}: {_lastError}";
    }
}
