using System.Globalization;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Which shards ListShards is asked for.</summary>
/// <param name="Type">One of the API's six.</param>
/// <param name="ShardId">For AFTER_SHARD_ID.</param>
/// <param name="Timestamp">For AT_TIMESTAMP and FROM_TIMESTAMP.</param>
internal sealed record ShardFilter(string Type, string? ShardId, DateTimeOffset? Timestamp)
{
    private static readonly string[] Types = ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"];

    public static ShardFilter? Read(MemberReader members)
    {
        if (members.Structure("ShardFilter") is not { } filter)
            return null;
        var type = filter.String("Type", required: true, oneOf: Types);
        var shardId = filter.String("ShardId", min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        var timestamp = filter.Timestamp("Timestamp");
        return new ShardFilter(type ?? "", shardId, timestamp);
    }

    /// <exception cref="WireException">InvalidArgumentException: the type needs what isn't given.</exception>
    public void RequireWhole()
    {
        if (Type is "AT_TIMESTAMP" or "FROM_TIMESTAMP" && Timestamp is null)
            throw new WireException(400, "InvalidArgumentException", $"Timestamp must be specified for ShardFilter type {Type}.");
        if (Type == "AFTER_SHARD_ID" && (ShardId is null || !Shard.TryParseId(ShardId, out _)))
            throw new WireException(400, "InvalidArgumentException", "ShardId must be specified for ShardFilter type AFTER_SHARD_ID.");
    }

    public static ShardFilter? FromText(string text)
    {
        if (text.Length == 0)
            return null;
        var parts = text.Split('|');
        return new ShardFilter(
            parts[0],
            parts[1].Length > 0 ? parts[1] : null,
            parts[2].Length > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)) : null);
    }

    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Type}|{ShardId}|{Timestamp?.ToUnixTimeMilliseconds()}");

    public bool Takes(Shard shard, DataStream stream) => Type switch
    {
        "AT_LATEST" => shard.IsOpen,
        // Shards without a parent among those that are left were open at the trim horizon.
        "AT_TRIM_HORIZON" => !stream.Shards.Any(other => shard.IsChildOf(other.Index)),
        "AT_TIMESTAMP" => OpenedAt(shard, stream) <= Timestamp && (shard.IsOpen || shard.ClosedAt >= Timestamp),
        "FROM_TIMESTAMP" => shard.IsOpen || shard.ClosedAt >= Timestamp,
        "AFTER_SHARD_ID" => Shard.TryParseId(ShardId!, out var index) && shard.Index > index,
        _ => true,
    };

    /// <summary>When a shard took over from its parents; their numbers tell of different seconds.</summary>
    private static DateTimeOffset OpenedAt(Shard shard, DataStream stream) =>
        shard.ParentIndex is { } parent && stream.Map.Find(parent)?.ClosedAt is { } closed ? closed : shard.CreatedAt;
}
