using System.Text.Json;
using System.Text.Unicode;

namespace Headrace.Pipelines;

/// <summary>
/// The first step of a pipeline, unless the one behind it finds the same faults: a record is one JSON text in UTF-8. jq alone would let
/// through what is nearly JSON.
/// </summary>
internal sealed class ParseStep() : MessageStep(Stage)
{
    public const string Stage = "parse";

    private const int MaxDepth = 256;

    public override void Dispose()
    {
        // It holds nothing.
    }

    /// <summary>Null, or why a record is no JSON text in UTF-8.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return "not valid UTF-8";
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                // Only the syntax matters.
            }
        }
        catch (JsonException e)
        {
            return $"not JSON: {e.Message.ReplaceLineEndings(" ")}";
        }
        return null;
    }

    protected override string? Take(in Message message, StepBatch batch)
    {
        if (FaultOf(message.Json.Span) is { } reason)
            return reason;
        batch.Emit(message.Origin, message.Json);
        return null;
    }
}
