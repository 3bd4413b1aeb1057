using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>One number of one group in one window, while it grows.</summary>
internal sealed class Aggregate(AggregateFunction function)
{
    private readonly HashSet<string>? _distinct = function == AggregateFunction.Distinct ? new(StringComparer.Ordinal) : null;
    private long _count;
    private double _sum;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    /// <summary>Whether a value can be taken. A missing one can: it counts for nothing.</summary>
    public static bool Accepts(AggregateFunction function, in ExpressionValue value) =>
        function is AggregateFunction.Count or AggregateFunction.Distinct || value.IsMissing || value.Number is not null;

    public void Add(in ExpressionValue value)
    {
        if (function != AggregateFunction.Count && value.IsMissing)
            return;
        _count++;
        _distinct?.Add(System.Text.Encoding.UTF8.GetString(value.Json.Span));
        if (function is not (AggregateFunction.Sum or AggregateFunction.Min or AggregateFunction.Max or AggregateFunction.Mean))
            return;
        var number = value.Number!.Value;
        _sum += number;
        _least = Math.Min(_least, number);
        _greatest = Math.Max(_greatest, number);
    }

    /// <summary>Writes the result: null where there was no value to tell anything of.</summary>
    public void WriteResult(Utf8JsonWriter writer)
    {
        double? result = function switch
        {
            AggregateFunction.Count => _count,
            AggregateFunction.Distinct => _distinct!.Count,
            AggregateFunction.Sum => _sum,
            _ when _count == 0 => null,
            AggregateFunction.Min => _least,
            AggregateFunction.Max => _greatest,
            _ => _sum / _count,
        };
        if (result is { } number && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }

    public void Save(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(_count);
        if (_distinct is not null)
        {
            foreach (var value in _distinct)
                writer.WriteStringValue(value);
        }
        else if (_count > 0 && double.IsFinite(_sum) && double.IsFinite(_least) && double.IsFinite(_greatest))
        {
            writer.WriteNumberValue(_sum);
            writer.WriteNumberValue(_least);
            writer.WriteNumberValue(_greatest);
        }
        writer.WriteEndArray();
    }

    public void Load(JsonElement state)
    {
        _count = state[0].GetInt64();
        if (_distinct is not null)
            _distinct.UnionWith(state.EnumerateArray().Skip(1).Select(value => value.GetString()!));
        else if (state.GetArrayLength() == 4)
            (_sum, _least, _greatest) = (state[1].GetDouble(), state[2].GetDouble(), state[3].GetDouble());
    }
}
