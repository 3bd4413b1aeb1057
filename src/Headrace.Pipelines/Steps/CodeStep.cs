using System.Buffers;
using System.Text.Unicode;

namespace Headrace.Pipelines;

/// <summary>Runs C# over each message.</summary>
/// <param name="stage">What dead letters call it.</param>
/// <param name="transform">The transform.</param>
/// <param name="parses">
/// It is the pipeline's first step and takes what <see cref="ParseStep"/> has not seen: the transform refuses whatever is no JSON, so that
/// only what it refuses has to be looked at again.
/// </param>
internal sealed class CodeStep(string stage, ICodeTransform transform, bool parses = false) : MessageStep(stage)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public override void Dispose()
    {
        // It holds nothing.
    }

    protected override string? Take(in Message message, StepBatch batch)
    {
        if (parses && !Utf8.IsValid(message.Json.Span))
            return FailToParse(message, batch);
        _buffer.ResetWrittenCount();
        try
        {
            if (transform.Transform(message.Json, _buffer))
                batch.Emit(message.Origin, batch.Arena.Keep(_buffer.WrittenSpan));
            return null;
        }
        catch (TransformException e)
        {
            return parses && ParseStep.FaultOf(message.Json.Span) is not null ? FailToParse(message, batch) : e.Message;
        }
    }

    private static string? FailToParse(in Message message, StepBatch batch)
    {
        batch.Fail(message, ParseStep.Stage, ParseStep.FaultOf(message.Json.Span)!);
        return null;
    }
}
