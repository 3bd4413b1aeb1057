using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>Makes an object of chosen members: each has a name and an expression. A member that is missing is left out.</summary>
internal sealed class ProjectStep : MessageStep
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly (JsonEncodedText Name, Expression Value)[] _members;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    public ProjectStep(string stage, IEnumerable<(string Name, string Expression)> members)
        : base(stage)
    {
        _members = [.. members.Select(member => (JsonEncodedText.Encode(member.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping), new Expression(member.Expression)))];
        _writer = new Utf8JsonWriter(_buffer, Writing);
    }

    public override void Dispose()
    {
        _writer.Dispose();
        foreach (var (_, value) in _members)
            value.Dispose();
    }

    protected override string? Take(in Message message, StepBatch batch)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (var (name, expression) in _members)
        {
            if (expression.Evaluate(message.Json, out var value) is { } reason)
                return reason;
            if (value.IsMissing)
                continue;
            _writer.WritePropertyName(name);
            _writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
        }
        _writer.WriteEndObject();
        _writer.Flush();
        batch.Emit(message.Origin, batch.Arena.Keep(_buffer.WrittenSpan));
        return null;
    }
}
