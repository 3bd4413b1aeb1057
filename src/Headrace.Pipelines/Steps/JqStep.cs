using Headrace.Jq;

namespace Headrace.Pipelines;

/// <summary>Runs a jq program over each message; every output goes on, and no output drops it.</summary>
internal sealed class JqStep(string stage, string filter) : MessageStep(stage)
{
    private readonly JqProgram _program = JqProgram.Compile(filter);
    private readonly JqOutputs _outputs = new();

    public override void Dispose() => _program.Dispose();

    protected override string? Take(in Message message, StepBatch batch)
    {
        if (_program.Run(message.Json.Span, _outputs) is { } fault)
            return fault.Message;
        for (var i = 0; i < _outputs.Count; i++)
            batch.Emit(message.Origin, batch.Arena.Keep(_outputs[i].Span));
        return null;
    }
}
