using Headrace.ControlPlane;

namespace Headrace.Streams.Consumers;

/// <summary>Registered consumers and their tags in the control database; they go with their stream.</summary>
internal sealed class ConsumerTables(ControlDatabase database)
{
    /// <summary>A consumer as it is stored.</summary>
    public sealed record ConsumerRow(long Id, long StreamId, string Name, ConsumerStatus Status, DateTimeOffset CreatedAt);

    private const string Schema = """
        CREATE TABLE consumer (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            stream_id INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
            name TEXT NOT NULL, status TEXT NOT NULL, created_ms INTEGER NOT NULL,
            UNIQUE (stream_id, name));
        CREATE TABLE consumer_tag (
            consumer_id INTEGER NOT NULL REFERENCES consumer (id) ON DELETE CASCADE,
            key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (consumer_id, key)) WITHOUT ROWID;
        """;

    public void Migrate() => database.Migrate("consumers", Schema);

    public List<ConsumerRow> Load() => database.Read(session => session.Query(
        "SELECT id, stream_id, name, status, created_ms FROM consumer ORDER BY id",
        row => new ConsumerRow(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetString(2),
            Enum.Parse<ConsumerStatus>(row.GetString(3)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)))));

    /// <summary>Stores a new consumer in state CREATING with its tags; returns its id.</summary>
    public long Insert(long streamId, string name, DateTimeOffset createdAt, IEnumerable<KeyValuePair<string, string>> tags) =>
        database.Write(session =>
        {
            session.Execute(
                "INSERT INTO consumer (stream_id, name, status, created_ms) VALUES ($stream, $name, $status, $created)",
                ("$stream", streamId), ("$name", name), ("$status", nameof(ConsumerStatus.Creating)), ("$created", createdAt.ToUnixTimeMilliseconds()));
            var id = (long)session.Scalar("SELECT last_insert_rowid()")!;
            foreach (var (key, value) in tags)
                SaveTag(session, id, key, value);
            return id;
        });

    public void SaveStatus(long consumerId, ConsumerStatus status) => database.Write(session =>
        session.Execute("UPDATE consumer SET status = $status WHERE id = $id", ("$status", status.ToString()), ("$id", consumerId)));

    public void Delete(long consumerId) => database.Write(session => session.Execute("DELETE FROM consumer WHERE id = $id", ("$id", consumerId)));

    public List<KeyValuePair<string, string>> LoadTags(long consumerId) => database.Read(session => session.Query(
        "SELECT key, value FROM consumer_tag WHERE consumer_id = $id ORDER BY key",
        row => new KeyValuePair<string, string>(row.GetString(0), row.GetString(1)),
        ("$id", consumerId)));

    public void SaveTags(long consumerId, IEnumerable<KeyValuePair<string, string>> tags) => database.Write(session =>
    {
        foreach (var (key, value) in tags)
            SaveTag(session, consumerId, key, value);
    });

    public void DeleteTags(long consumerId, IEnumerable<string> keys) => database.Write(session =>
    {
        foreach (var key in keys)
            session.Execute("DELETE FROM consumer_tag WHERE consumer_id = $id AND key = $key", ("$id", consumerId), ("$key", key));
    });

    private static void SaveTag(DatabaseSession session, long consumerId, string key, string value) =>
        session.Execute("INSERT OR REPLACE INTO consumer_tag VALUES ($id, $key, $value)", ("$id", consumerId), ("$key", key), ("$value", value));
}
