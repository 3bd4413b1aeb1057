using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>One message becomes many: each element of an array goes on as a message of its own, in order. A missing or empty array gives none.</summary>
internal sealed class FlattenStep(string stage, string array) : MessageStep(stage)
{
    private readonly Expression _array = new(array);

    public override void Dispose() => _array.Dispose();

    protected override string? Take(in Message message, StepBatch batch)
    {
        if (_array.Evaluate(message.Json, out var value) is { } reason)
            return reason;
        if (value.IsMissing)
            return null;
        if (value.Kind != JsonTokenType.StartArray)
            return $"{_array.Text} is no array";
        // What is taken here stays, while the value is gone with the next one.
        var json = batch.Arena.Keep(value.Json.Span);
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 512 });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            batch.Emit(message.Origin, json[start..(int)reader.BytesConsumed]);
        }
        return null;
    }
}
