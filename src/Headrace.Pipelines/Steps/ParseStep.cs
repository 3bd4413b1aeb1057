using System.Text.Json;
using System.Text.Unicode;

namespace Headrace.Pipelines;

/// <summary>The first step of every pipeline: a record is one JSON text in UTF-8. jq alone would let through what is nearly JSON.</summary>
internal sealed class ParseStep() : MessageStep(Stage)
{
    public const string Stage = "parse";

    private const int MaxDepth = 256;

    public override void Dispose()
    {
        // It holds nothing.
    }

    protected override string? Take(in Message message, StepBatch batch)
    {
        if (!Utf8.IsValid(message.Json.Span))
            return "not valid UTF-8";
        try
        {
            var reader = new Utf8JsonReader(message.Json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                // Only the syntax matters.
            }
        }
        catch (JsonException e)
        {
            return $"not JSON: {e.Message.ReplaceLineEndings(" ")}";
        }
        batch.Emit(message.Origin, message.Json);
        return null;
    }
}
