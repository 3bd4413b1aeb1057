using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>
/// How far time has come in the records: as far as the source shard that is furthest behind. A shard that brings nothing for a
/// while holds nobody up. Not thread-safe.
/// </summary>
internal sealed class Watermark(TimeProvider time)
{
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (long Latest, long Seen)> _shards = new(StringComparer.Ordinal);

    /// <summary>In milliseconds since 1970; it never goes back.</summary>
    public long Now { get; private set; } = long.MinValue;

    public void See(string shard, long at)
    {
        var latest = _shards.TryGetValue(shard, out var before) ? Math.Max(before.Latest, at) : at;
        _shards[shard] = (latest, time.GetTimestamp());
    }

    /// <summary>Moves time on, as far as the shards' newest records tell.</summary>
    public void Advance()
    {
        var awake = _shards.Values.Where(shard => time.GetElapsedTime(shard.Seen) < IdleAfter).Select(shard => shard.Latest).DefaultIfEmpty(long.MinValue).Min();
        Now = Math.Max(Now, awake);
    }

    public void Save(Utf8JsonWriter writer) => writer.WriteNumberValue(Now);

    public void Load(JsonElement state) => Now = state.GetInt64();
}
