using System.Buffers;

namespace Headrace.Pipelines;

/// <summary>
/// Has a program transform the messages, a line each, and keeps their order and identity. A program that dies is started again, and what
/// it has not answered is asked again, one by one: so the record that kills it is found, and fails when it has done so twice.
/// </summary>
internal sealed class ExecStep(string stage, ProgramCommand command) : IStep
{
    private const int AttemptsEach = 2;

    /// <summary>A program that dies so often without a single answer is broken itself; its records can't help it.</summary>
    private const int MaxSilentDeaths = 10;

    private RunningProgram? _program;
    private int _silentDeaths;

    public async ValueTask RunAsync(StepBatch batch, CancellationToken cancellationToken)
    {
        var messages = batch.Messages;
        var lines = new ReadOnlyMemory<byte>[messages.Count];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = ProgramLine.Of(messages[i].Json);
        var (done, suspects, attempts) = (0, 0, 0);
        while (done < lines.Length)
        {
            var isAlone = done < suspects;
            var asked = isAlone ? 1 : lines.Length - done;
            var before = done;
            _program ??= new RunningProgram(command);
            var death = await _program.AskAsync(new ArraySegment<ReadOnlyMemory<byte>>(lines, done, asked), answer => Take(messages[done++], answer, batch), cancellationToken);
            attempts = done > before ? 0 : attempts;
            if (death is null)
                continue;
            Bury(death);
            if (!isAlone)
                suspects = lines.Length;
            else if (++attempts == AttemptsEach)
                batch.Fail(messages[done++], stage, death);
            if (attempts == AttemptsEach)
                attempts = 0;
        }
    }

    public void Dispose() => _program?.Dispose();

    private void Take(in Message message, in ReadOnlySequence<byte> answer, StepBatch batch)
    {
        var records = new List<ReadOnlyMemory<byte>>(1);
        if (ProgramLine.Read(answer, batch.Arena, records) is { } reason)
        {
            batch.Fail(message, stage, reason);
            return;
        }
        foreach (var record in records)
            batch.Emit(message.Origin, record);
    }

    private void Bury(string death)
    {
        _silentDeaths = _program!.HasAnswered ? 0 : _silentDeaths + 1;
        _program.Dispose();
        _program = null;
        if (_silentDeaths >= MaxSilentDeaths)
            throw new PipelineException($"{stage}: {string.Join(' ', command.Command)} died {MaxSilentDeaths} times without an answer; the last time {death}");
    }
}
