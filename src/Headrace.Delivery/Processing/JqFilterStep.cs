using Headrace.Jq;

namespace Headrace.Delivery.Processing;

/// <summary>Runs a jq filter over each record; every output is a record, and no output drops it.</summary>
internal sealed class JqFilterStep(string filter) : IProcessingStep
{
    private readonly JqProgram _program = JqProgram.Compile(filter);
    private readonly JqOutputs _outputs = new();

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) =>
        {
            if (_program.Run(batch.Arena[record.Data], _outputs) is { } fault)
            {
                batch.Fail(record, "Jq.ProcessingFailed", fault.Stage == JqStage.Input ? "Non JSON record provided" : fault.Message);
                return;
            }
            for (var i = 0; i < _outputs.Count; i++)
                next.Add(record with { Data = batch.Arena.Add(_outputs[i].Span) });
        });
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _program.Dispose();
}
