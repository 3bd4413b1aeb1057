using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>
/// Gathers messages into windows of their own time and, when a window is over, emits one message for each of its groups. A message that
/// comes when one of its windows is over already fails as late.
/// </summary>
internal sealed class WindowStep : IStatefulStep
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _stage;
    private readonly WindowDefinition _definition;
    private readonly long _size;
    private readonly long _every;
    private readonly Expression _time;
    private readonly Expression? _key;
    private readonly Expression?[] _values;
    private readonly ExpressionValue[] _read;
    private readonly Watermark _watermark;
    private readonly SortedDictionary<long, Dictionary<string, Aggregate[]>> _open = [];

    public WindowStep(string stage, WindowDefinition definition, TimeProvider time)
    {
        (_stage, _definition) = (stage, definition);
        (_size, _every) = ((long)definition.Size.TotalMilliseconds, (long)definition.Every.TotalMilliseconds);
        _time = new Expression(definition.Time);
        _key = definition.Key is { } key ? new Expression(key) : null;
        _values = [.. definition.Aggregates.Select(aggregate => aggregate.Value is { } value ? new Expression(value) : null)];
        _read = new ExpressionValue[_values.Length];
        _watermark = new Watermark(time);
    }

    public ValueTask RunAsync(StepBatch batch, CancellationToken cancellationToken)
    {
        foreach (var message in batch.Messages)
        {
            if (Add(message, batch.Page.ShardId) is { } reason)
                batch.Fail(message, _stage, reason);
        }
        _watermark.Advance();
        if (_watermark.Now > long.MinValue)
            Close(batch, _watermark.Now - (long)_definition.Lateness.TotalMilliseconds);
        return ValueTask.CompletedTask;
    }

    public void End(StepBatch batch)
    {
        if (_definition.CloseAtEnd)
            Close(batch, long.MaxValue);
    }

    public void Save(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("watermark");
        _watermark.Save(writer);
        writer.WriteStartArray("windows");
        foreach (var (start, groups) in _open)
        {
            foreach (var (key, aggregates) in groups)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(start);
                writer.WriteStringValue(key);
                foreach (var aggregate in aggregates)
                    aggregate.Save(writer);
                writer.WriteEndArray();
            }
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public void Load(JsonElement state)
    {
        _watermark.Load(state.GetProperty("watermark"));
        foreach (var window in state.GetProperty("windows").EnumerateArray())
        {
            var aggregates = Group(window[0].GetInt64(), window[1].GetString()!);
            for (var i = 0; i < aggregates.Length; i++)
                aggregates[i].Load(window[i + 2]);
        }
    }

    public void Dispose()
    {
        _time.Dispose();
        _key?.Dispose();
        foreach (var value in _values)
            value?.Dispose();
    }

    /// <summary>Counts a message in all of its windows, or says why in none.</summary>
    private string? Add(in Message message, string shard)
    {
        if (_time.Evaluate(message.Json, out var when) is { } reason)
            return reason;
        if (EventTime.Read(when) is not { } at)
            return $"time {_time.Text} is no time";
        ExpressionValue key = default;
        if (_key?.Evaluate(message.Json, out key) is { } why)
            return why;
        for (var i = 0; i < _values.Length; i++)
        {
            _read[i] = default;
            if (_values[i] is not { } expression)
                continue;
            if (expression.Evaluate(message.Json, out _read[i]) is { } problem)
                return problem;
            if (!Aggregate.Accepts(_definition.Aggregates[i].Function, _read[i]))
                return $"{_definition.Aggregates[i].Name}: {expression.Text} is no number";
        }
        // The first window that holds the time, of those that begin at multiples of their distance.
        var last = FloorTo(at, _every);
        var first = FloorTo(at - _size, _every) + _every;
        var over = _watermark.Now == long.MinValue ? long.MinValue : _watermark.Now - (long)_definition.Lateness.TotalMilliseconds;
        if (first + _size <= over)
            return $"late: {EventTime.Write(at)} belongs to a window that was over at {EventTime.Write(first + _size)}, and time has come to {EventTime.Write(_watermark.Now)}";
        var group = _key is null || key.IsMissing ? "null" : System.Text.Encoding.UTF8.GetString(key.Json.Span);
        for (var start = first; start <= last; start += _every)
        {
            var aggregates = Group(start, group);
            for (var i = 0; i < aggregates.Length; i++)
                aggregates[i].Add(_read[i]);
        }
        _watermark.See(shard, at);
        return null;
    }

    private Aggregate[] Group(long start, string key)
    {
        if (!_open.TryGetValue(start, out var groups))
            _open[start] = groups = new Dictionary<string, Aggregate[]>(StringComparer.Ordinal);
        if (!groups.TryGetValue(key, out var aggregates))
            groups[key] = aggregates = [.. _definition.Aggregates.Select(aggregate => new Aggregate(aggregate.Function))];
        return aggregates;
    }

    /// <summary>Emits every window that is over at a time, in order of time and key.</summary>
    private void Close(StepBatch batch, long time)
    {
        while (_open.Count > 0)
        {
            var (start, groups) = _open.First();
            if (time != long.MaxValue && start + _size > time)
                return;
            foreach (var (key, aggregates) in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
                batch.Emit(Message.NoOrigin, Result(start, key, aggregates));
            _open.Remove(start);
        }
    }

    private byte[] Result(long start, string key, Aggregate[] aggregates)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("window_start", EventTime.Write(start));
            writer.WriteString("window_end", EventTime.Write(start + _size));
            if (_key is not null)
            {
                writer.WritePropertyName("key");
                writer.WriteRawValue(key);
            }
            for (var i = 0; i < aggregates.Length; i++)
            {
                writer.WritePropertyName(_definition.Aggregates[i].Name);
                aggregates[i].WriteResult(writer);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static long FloorTo(long at, long unit) => at - (((at % unit) + unit) % unit);
}
