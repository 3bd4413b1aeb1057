using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>Drops a message whose key was there within a time before. Time is the records' own, or that of their arrival.</summary>
internal sealed class DeduplicateStep(string stage, string key, TimeSpan within, string? time) : IStatefulStep
{
    private readonly Expression _key = new(key);
    private readonly Expression? _time = time is null ? null : new Expression(time);
    private readonly long _within = (long)within.TotalMilliseconds;
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _oldest = new();
    private long _latest = long.MinValue;

    public ValueTask RunAsync(StepBatch batch, CancellationToken cancellationToken)
    {
        foreach (var message in batch.Messages)
        {
            if (Read(message, batch, out var key, out var at) is { } reason)
            {
                batch.Fail(message, stage, reason);
                continue;
            }
            if (_seen.TryGetValue(key, out var before) && Math.Abs(at - before) <= _within)
                continue;
            Remember(key, at);
            batch.Emit(message.Origin, message.Json);
        }
        return ValueTask.CompletedTask;
    }

    public void Save(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (key, at) in _seen)
            writer.WriteNumber(key, at);
        writer.WriteEndObject();
    }

    public void Load(JsonElement state)
    {
        foreach (var seen in state.EnumerateObject())
            Remember(seen.Name, seen.Value.GetInt64());
    }

    public void End(StepBatch batch)
    {
        // Nothing is held back.
    }

    public void Dispose()
    {
        _key.Dispose();
        _time?.Dispose();
    }

    private string? Read(in Message message, StepBatch batch, out string key, out long at)
    {
        (key, at) = ("", 0);
        if (_key.Evaluate(message.Json, out var value) is { } reason)
            return reason;
        if (value.IsMissing)
            return $"key {_key.Text} is missing";
        // Texts and numbers that look alike are different keys.
        key = System.Text.Encoding.UTF8.GetString(value.Json.Span);
        if (_time is null)
        {
            at = batch.Page.Records[message.Origin].ArrivalTime.ToUnixTimeMilliseconds();
            return null;
        }
        if (_time.Evaluate(message.Json, out value) is { } why)
            return why;
        if (EventTime.Read(value) is not { } read)
            return $"time {_time.Text} is no time";
        at = read;
        return null;
    }

    private void Remember(string key, long at)
    {
        _seen[key] = at;
        _oldest.Enqueue(key, at);
        _latest = Math.Max(_latest, at);
        while (_oldest.TryPeek(out var oldest, out var then) && then < _latest - _within)
        {
            _oldest.Dequeue();
            if (_seen.TryGetValue(oldest, out var last) && last == then)
                _seen.Remove(oldest);
        }
    }
}
