using System.Text.Json;
using Headrace.Delivery.Conversion.Columns;

namespace Headrace.Delivery.Conversion;

/// <summary>Takes JSON objects apart into the columns of a plan. Not thread-safe.</summary>
internal sealed class RowShredder
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    private readonly JsonReading _reading;
    private readonly StructColumn _row;

    public RowShredder(ConversionPlan plan)
    {
        _reading = new JsonReading(plan.Reader);
        _row = ColumnTree.OfRow(plan.Columns, _reading);
        Leaves = [.. _row.Leaves];
    }

    public LeafColumn[] Leaves { get; }

    /// <summary>About what the columns take.</summary>
    public long Bytes => Leaves.Sum(leaf => leaf.Bytes);

    /// <summary>Takes objects that stand one after another, up to a number of them; returns the bytes that were read.</summary>
    /// <param name="json">The objects.</param>
    /// <param name="maxRows">At most so many.</param>
    /// <param name="places">Where each object stands; null where nobody asks.</param>
    /// <exception cref="RecordMismatchException">Something else stands there, or an object doesn't fit the columns.</exception>
    public int Take(ReadOnlyMemory<byte> json, int maxRows, List<Range>? places = null)
    {
        _reading.Json = json;
        var reader = new Utf8JsonReader(json.Span, Options);
        try
        {
            for (var rows = 0; rows < maxRows && reader.Read(); rows++)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new RecordMismatchException(RecordMismatchException.ParseError, "Encountered malformed JSON. A record must hold JSON objects alone.");
                var start = (int)reader.TokenStartIndex;
                _row.Write(ref reader, repetition: 0, definition: 0);
                places?.Add(new Range(start, (int)reader.BytesConsumed));
            }
            return (int)reader.BytesConsumed;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A text that is no Unicode is an InvalidOperationException.
            throw new RecordMismatchException(RecordMismatchException.ParseError, $"Encountered malformed JSON. {fault.Message}");
        }
    }

    public void Clear()
    {
        foreach (var leaf in Leaves)
            leaf.Clear();
    }
}
