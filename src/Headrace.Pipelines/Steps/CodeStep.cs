using System.Buffers;

namespace Headrace.Pipelines;

/// <summary>Runs C# over each message.</summary>
internal sealed class CodeStep(string stage, ICodeTransform transform) : MessageStep(stage)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public override void Dispose()
    {
        // It holds nothing.
    }

    protected override string? Take(in Message message, StepBatch batch)
    {
        _buffer.ResetWrittenCount();
        try
        {
            if (transform.Transform(message.Json, _buffer))
                batch.Emit(message.Origin, batch.Arena.Keep(_buffer.WrittenSpan));
            return null;
        }
        catch (TransformException e)
        {
            return e.Message;
        }
    }
}
