using Headrace.Client;
using Headrace.Delivery.Programs;
using Headrace.Pipelines;

namespace Headrace.Cli.Serve.Programs;

/// <summary>A program of an Exec processor: what a pipeline's exec step is, with its lines, its patience and its search for the record that kills it.</summary>
internal sealed class PipelineProgram(string name, IReadOnlyList<string> command) : IRecordProgram
{
    private readonly ExecStep _step = new(name, new ProgramCommand(command, Directory: null, ProgramCommand.DefaultTimeout));

    public async Task<IReadOnlyList<ProgramAnswer>> AskAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellation)
    {
        var page = new SourcePage(name, [.. records.Select(data => new ConsumedRecord(name, "0", "", data, DateTimeOffset.UnixEpoch, 0))]);
        var batch = new StepBatch(page);
        try
        {
            await _step.RunAsync(batch, cancellation);
        }
        catch (PipelineException broken)
        {
            throw new IOException(broken.Message, broken);
        }
        batch.Advance();
        var made = batch.Messages.ToLookup(message => message.Origin, message => message.Json);
        return [.. Enumerable.Range(0, records.Count).Select(i => new ProgramAnswer([.. made[i]], batch.Faults.GetValueOrDefault(i)?.Reason))];
    }

    public void Dispose() => _step.Dispose();
}
