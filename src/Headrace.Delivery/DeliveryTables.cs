using Headrace.ControlPlane;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Sources;
using Microsoft.Data.Sqlite;

namespace Headrace.Delivery;

/// <summary>Delivery streams and their tags in the control database. Every change is durable when its method returns.</summary>
internal sealed class DeliveryTables
{
    private readonly ControlDatabase _database;

    public DeliveryTables(ControlDatabase database)
    {
        _database = database;
        database.Migrate("delivery", """
            CREATE TABLE delivery_streams (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                account TEXT NOT NULL,
                region TEXT NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                created_ms INTEGER NOT NULL,
                deleting INTEGER NOT NULL DEFAULT 0,
                kinesis_stream_arn TEXT,
                kinesis_role_arn TEXT,
                throughput_hint INTEGER,
                destination TEXT NOT NULL,
                source_id INTEGER,
                objects INTEGER NOT NULL DEFAULT 0,
                records INTEGER NOT NULL DEFAULT 0,
                bytes INTEGER NOT NULL DEFAULT 0,
                lost_records INTEGER NOT NULL DEFAULT 0,
                UNIQUE (account, region, name));
            CREATE TABLE delivery_tags (
                delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (delivery_stream, key)) WITHOUT ROWID;
            CREATE TABLE delivery_positions (
                delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
                shard INTEGER NOT NULL,
                position INTEGER NOT NULL,
                PRIMARY KEY (delivery_stream, shard)) WITHOUT ROWID;
            CREATE TABLE delivery_intents (
                delivery_stream INTEGER PRIMARY KEY REFERENCES delivery_streams ON DELETE CASCADE,
                source_id INTEGER NOT NULL,
                bucket TEXT NOT NULL,
                object_key TEXT NOT NULL,
                compression TEXT NOT NULL);
            CREATE TABLE delivery_intent_ranges (
                delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
                shard INTEGER NOT NULL,
                from_position INTEGER NOT NULL,
                to_position INTEGER NOT NULL,
                PRIMARY KEY (delivery_stream, shard)) WITHOUT ROWID;
            """);
    }

    /// <summary>Records a delivery stream and where in its source it starts; returns its number.</summary>
    public long Insert(AccountScope scope, DeliveryStreamDefinition definition, DateTimeOffset createdAt, long? sourceId, IEnumerable<KeyValuePair<int, long>> positions) =>
        _database.Write(session =>
        {
            var id = (long)session.Scalar(
                "INSERT INTO delivery_streams (account, region, name, type, created_ms, kinesis_stream_arn, kinesis_role_arn, throughput_hint, destination, source_id) "
                + "VALUES ($account, $region, $name, $type, $created, $stream, $role, $hint, $destination, $source) RETURNING id",
                ("$account", scope.AccountId),
                ("$region", scope.Region),
                ("$name", definition.Name),
                ("$type", definition.Type.ToString()),
                ("$created", createdAt.ToUnixTimeMilliseconds()),
                ("$stream", definition.KinesisSource?.StreamArn),
                ("$role", definition.KinesisSource?.RoleArn),
                ("$hint", definition.ThroughputHintMegabytes),
                ("$destination", S3DestinationDocument.Write(definition.Destination)),
                ("$source", sourceId))!;
            foreach (var (shard, position) in positions)
            {
                session.Execute(
                    "INSERT INTO delivery_positions (delivery_stream, shard, position) VALUES ($id, $shard, $position)",
                    ("$id", id),
                    ("$shard", shard),
                    ("$position", position));
            }
            PutTags(session, id, definition.Tags);
            return id;
        });

    public List<(long Id, AccountScope Scope, DeliveryStreamDefinition Definition, DateTimeOffset CreatedAt, bool IsDeleting)> LoadAll() =>
        _database.Read(session => session.Query(
            "SELECT id, account, region, name, type, created_ms, deleting, kinesis_stream_arn, kinesis_role_arn, throughput_hint, destination FROM delivery_streams ORDER BY id",
            row => (row.GetInt64(0), new AccountScope(row.GetString(1), row.GetString(2)), ReadDefinition(row), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), row.GetInt64(6) != 0)));

    public void MarkDeleting(long id) => _database.Write(session =>
        session.Execute("UPDATE delivery_streams SET deleting = 1 WHERE id = $id", ("$id", id)));

    /// <summary>Removes a delivery stream with its tags, positions and intents.</summary>
    public void Remove(long id) => _database.Write(session =>
        session.Execute("DELETE FROM delivery_streams WHERE id = $id", ("$id", id)));

    /// <summary>A delivery stream's tags in the order of their keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags(long id) => _database.Read(session => session
        .Query("SELECT key, value FROM delivery_tags WHERE delivery_stream = $id", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), ("$id", id))
        .OrderBy(tag => tag.Key, StringComparer.Ordinal)
        .ToList());

    /// <summary>Adds tags or replaces their values.</summary>
    /// <exception cref="DeliveryException">LimitExceeded: there would be more than 50; nothing is changed.</exception>
    public void Tag(long id, IEnumerable<KeyValuePair<string, string>> tags) => _database.Write(session => PutTags(session, id, tags));

    public void Untag(long id, IEnumerable<string> keys) => _database.Write(session =>
    {
        foreach (var key in keys)
            session.Execute("DELETE FROM delivery_tags WHERE delivery_stream = $id AND key = $key", ("$id", id), ("$key", key));
    });

    private static void PutTags(DatabaseSession session, long id, IEnumerable<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
        {
            session.Execute(
                "INSERT INTO delivery_tags (delivery_stream, key, value) VALUES ($id, $key, $value) ON CONFLICT (delivery_stream, key) DO UPDATE SET value = excluded.value",
                ("$id", id),
                ("$key", key),
                ("$value", value));
        }
        if ((long)session.Scalar("SELECT count(*) FROM delivery_tags WHERE delivery_stream = $id", ("$id", id))! > DeliveryLimits.MaxTags)
            throw new DeliveryException(DeliveryFault.LimitExceeded, $"A delivery stream can have at most {DeliveryLimits.MaxTags} tags.");
    }

    private static DeliveryStreamDefinition ReadDefinition(SqliteDataReader row) => new()
    {
        Name = row.GetString(3),
        Type = Enum.Parse<DeliveryStreamType>(row.GetString(4)),
        KinesisSource = row.IsDBNull(7) ? null : new KinesisStreamSource(row.GetString(7), row.GetString(8)),
        ThroughputHintMegabytes = row.IsDBNull(9) ? null : row.GetInt32(9),
        Destination = S3DestinationDocument.Read(row.GetString(10)),
    };
}
