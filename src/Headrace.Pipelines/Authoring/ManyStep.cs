using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Headrace.Pipelines;

/// <summary>Runs a typed function over each message; each result goes on.</summary>
internal sealed class ManyStep<TIn, TOut>(string stage, JsonTypeInfo<TIn> from, JsonTypeInfo<TOut> to, Func<TIn, IEnumerable<TOut>> transform) : MessageStep(stage)
{
    private readonly TypedReader<TIn> _reader = new(from);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public override void Dispose()
    {
        // It holds nothing.
    }

    protected override string? Take(in Message message, StepBatch batch)
    {
        try
        {
            foreach (var result in transform(_reader.Read(message.Json)))
            {
                _buffer.ResetWrittenCount();
                using (var writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = to.Options.Encoder, SkipValidation = true }))
                    JsonSerializer.Serialize(writer, result, to);
                batch.Emit(message.Origin, batch.Arena.Keep(_buffer.WrittenSpan));
            }
            return null;
        }
        catch (TransformException e)
        {
            return e.Message;
        }
    }
}
