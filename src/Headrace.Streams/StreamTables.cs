using System.Globalization;
using Headrace.ControlPlane;
using Microsoft.Data.Sqlite;

namespace Headrace.Streams;

/// <summary>Streams, shards and tags in the control database.</summary>
internal sealed class StreamTables(ControlDatabase database)
{
    /// <summary>A stream as it is stored.</summary>
    public sealed record StreamRow(
        long Id, AccountScope Scope, string Name, StreamMode Mode, StreamStatus Status, DateTimeOffset CreatedAt, int RetentionHours, int MaxRecordBytes);

    private const string Schema = """
        CREATE TABLE stream (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
            mode TEXT NOT NULL, status TEXT NOT NULL, created_ms INTEGER NOT NULL,
            retention_hours INTEGER NOT NULL, max_record_bytes INTEGER NOT NULL,
            UNIQUE (account, region, name));
        CREATE TABLE shard (
            stream_id INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
            shard_index INTEGER NOT NULL,
            range_start TEXT NOT NULL, range_end TEXT NOT NULL, created_ms INTEGER NOT NULL,
            parent INTEGER, adjacent_parent INTEGER, closed_end INTEGER, closed_ms INTEGER,
            PRIMARY KEY (stream_id, shard_index)) WITHOUT ROWID;
        CREATE TABLE stream_tag (
            stream_id INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
            key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (stream_id, key)) WITHOUT ROWID;
        CREATE TABLE stream_secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        """;

    public void Migrate() => database.Migrate("streams", Schema);

    /// <summary>The secret that seals iterators and tokens; made once, so that they survive a restart.</summary>
    public byte[] SealingKey(Func<byte[]> make) => database.Write(session =>
    {
        session.Execute("INSERT OR IGNORE INTO stream_secret VALUES ('seal', $value)", ("$value", make()));
        return (byte[])session.Scalar("SELECT value FROM stream_secret WHERE name = 'seal'")!;
    });

    public List<StreamRow> LoadStreams() => database.Read(session => session.Query(
        "SELECT id, account, region, name, mode, status, created_ms, retention_hours, max_record_bytes FROM stream ORDER BY id",
        row => new StreamRow(
            row.GetInt64(0),
            new AccountScope(row.GetString(1), row.GetString(2)),
            row.GetString(3),
            Enum.Parse<StreamMode>(row.GetString(4)),
            Enum.Parse<StreamStatus>(row.GetString(5)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
            row.GetInt32(7),
            row.GetInt32(8))));

    public ILookup<long, Shard> LoadShards() => database.Read(session => session.Query(
        "SELECT stream_id, shard_index, range_start, range_end, created_ms, parent, adjacent_parent, closed_end, closed_ms FROM shard",
        row => (StreamId: row.GetInt64(0), Shard: ReadShard(row)))).ToLookup(row => row.StreamId, row => row.Shard);

    /// <summary>Stores a new stream in state CREATING with its shards and tags; returns its id.</summary>
    public long Insert(AccountScope scope, string name, StreamMode mode, DateTimeOffset createdAt, int maxRecordBytes, IEnumerable<Shard> shards, IEnumerable<KeyValuePair<string, string>> tags) =>
        database.Write(session =>
        {
            session.Execute(
                "INSERT INTO stream (account, region, name, mode, status, created_ms, retention_hours, max_record_bytes) VALUES ($account, $region, $name, $mode, $status, $created, $retention, $record)",
                ("$account", scope.AccountId), ("$region", scope.Region), ("$name", name), ("$mode", mode.ToString()),
                ("$status", nameof(StreamStatus.Creating)), ("$created", createdAt.ToUnixTimeMilliseconds()),
                ("$retention", StreamLimits.MinRetentionHours), ("$record", maxRecordBytes));
            var id = (long)session.Scalar("SELECT last_insert_rowid()")!;
            foreach (var shard in shards)
                Save(session, id, shard);
            foreach (var (key, value) in tags)
                SaveTag(session, id, key, value);
            return id;
        });

    public void SaveStatus(long streamId, StreamStatus status) => database.Write(session =>
        session.Execute("UPDATE stream SET status = $status WHERE id = $id", ("$status", status.ToString()), ("$id", streamId)));

    public void SaveRetention(long streamId, int hours) => database.Write(session =>
        session.Execute("UPDATE stream SET retention_hours = $hours WHERE id = $id", ("$hours", hours), ("$id", streamId)));

    public void SaveMode(long streamId, StreamMode mode) => database.Write(session =>
        session.Execute("UPDATE stream SET mode = $mode WHERE id = $id", ("$mode", mode.ToString()), ("$id", streamId)));

    public void SaveMaxRecordBytes(long streamId, int bytes) => database.Write(session =>
        session.Execute("UPDATE stream SET max_record_bytes = $bytes WHERE id = $id", ("$bytes", bytes), ("$id", streamId)));

    public void SaveShards(long streamId, IEnumerable<Shard> shards) => database.Write(session =>
    {
        foreach (var shard in shards)
            Save(session, streamId, shard);
    });

    public void DeleteShards(long streamId, IEnumerable<int> indexes) => database.Write(session =>
    {
        foreach (var index in indexes)
            session.Execute("DELETE FROM shard WHERE stream_id = $id AND shard_index = $index", ("$id", streamId), ("$index", index));
    });

    public void Delete(long streamId) => database.Write(session => session.Execute("DELETE FROM stream WHERE id = $id", ("$id", streamId)));

    public List<KeyValuePair<string, string>> LoadTags(long streamId) => database.Read(session => session.Query(
        "SELECT key, value FROM stream_tag WHERE stream_id = $id ORDER BY key",
        row => new KeyValuePair<string, string>(row.GetString(0), row.GetString(1)),
        ("$id", streamId)));

    public void SaveTags(long streamId, IEnumerable<KeyValuePair<string, string>> tags) => database.Write(session =>
    {
        foreach (var (key, value) in tags)
            SaveTag(session, streamId, key, value);
    });

    public void DeleteTags(long streamId, IEnumerable<string> keys) => database.Write(session =>
    {
        foreach (var key in keys)
            session.Execute("DELETE FROM stream_tag WHERE stream_id = $id AND key = $key", ("$id", streamId), ("$key", key));
    });

    private static void SaveTag(DatabaseSession session, long streamId, string key, string value) =>
        session.Execute("INSERT OR REPLACE INTO stream_tag VALUES ($id, $key, $value)", ("$id", streamId), ("$key", key), ("$value", value));

    private static void Save(DatabaseSession session, long streamId, Shard shard) => session.Execute(
        "INSERT OR REPLACE INTO shard VALUES ($id, $index, $start, $end, $created, $parent, $adjacent, $closedEnd, $closed)",
        ("$id", streamId), ("$index", shard.Index),
        ("$start", shard.Range.Start.ToString(CultureInfo.InvariantCulture)), ("$end", shard.Range.End.ToString(CultureInfo.InvariantCulture)),
        ("$created", shard.CreatedAt.ToUnixTimeMilliseconds()), ("$parent", shard.ParentIndex), ("$adjacent", shard.AdjacentParentIndex),
        ("$closedEnd", shard.ClosedEnd), ("$closed", shard.ClosedAt?.ToUnixTimeMilliseconds()));

    private static Shard ReadShard(SqliteDataReader row) => new(
        row.GetInt32(1),
        new HashKeyRange(UInt128.Parse(row.GetString(2), CultureInfo.InvariantCulture), UInt128.Parse(row.GetString(3), CultureInfo.InvariantCulture)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : row.GetInt32(5),
        row.IsDBNull(6) ? null : row.GetInt32(6),
        row.IsDBNull(7) ? null : row.GetInt64(7),
        row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));
}
