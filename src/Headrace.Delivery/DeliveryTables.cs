using Headrace.ControlPlane;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Encryption;
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
            """,
            """
            ALTER TABLE delivery_streams ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE delivery_streams ADD COLUMN updated_ms INTEGER;
            ALTER TABLE delivery_streams ADD COLUMN key_type TEXT;
            ALTER TABLE delivery_streams ADD COLUMN key_arn TEXT;
            ALTER TABLE delivery_streams ADD COLUMN processed INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE delivery_tags ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE delivery_partitions (
                delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
                partition TEXT NOT NULL,
                position INTEGER NOT NULL,
                PRIMARY KEY (delivery_stream, partition)) WITHOUT ROWID;
            CREATE TABLE delivery_puts (
                delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
                number INTEGER NOT NULL,
                partition TEXT NOT NULL,
                source_id INTEGER NOT NULL,
                bucket TEXT NOT NULL,
                object_key TEXT NOT NULL,
                compression TEXT NOT NULL,
                PRIMARY KEY (delivery_stream, number)) WITHOUT ROWID;
            CREATE TABLE delivery_put_ranges (
                delivery_stream INTEGER NOT NULL,
                number INTEGER NOT NULL,
                shard INTEGER NOT NULL,
                from_position INTEGER NOT NULL,
                to_position INTEGER NOT NULL,
                PRIMARY KEY (delivery_stream, number, shard),
                FOREIGN KEY (delivery_stream, number) REFERENCES delivery_puts ON DELETE CASCADE) WITHOUT ROWID;
            INSERT INTO delivery_puts (delivery_stream, number, partition, source_id, bucket, object_key, compression)
                SELECT delivery_stream, 0, '', source_id, bucket, object_key, compression FROM delivery_intents;
            INSERT INTO delivery_put_ranges (delivery_stream, number, shard, from_position, to_position)
                SELECT delivery_stream, 0, shard, from_position, to_position FROM delivery_intent_ranges;
            DROP TABLE delivery_intent_ranges;
            DROP TABLE delivery_intents;
            """,
            """
            CREATE TABLE delivery_plans (
                delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
                number INTEGER NOT NULL,
                plan TEXT NOT NULL,
                PRIMARY KEY (delivery_stream, number)) WITHOUT ROWID;
            """,
            "ALTER TABLE delivery_puts ADD COLUMN failure TEXT",
            CompactionTables.Schema);
    }

    /// <summary>Records a delivery stream and where in its source it starts; returns its number.</summary>
    public long Insert(AccountScope scope, DeliveryStreamDefinition definition, DateTimeOffset createdAt, long? sourceId, IEnumerable<KeyValuePair<int, long>> positions) =>
        _database.Write(session =>
        {
            var id = (long)session.Scalar(
                "INSERT INTO delivery_streams (account, region, name, type, created_ms, kinesis_stream_arn, kinesis_role_arn, throughput_hint, destination, source_id, key_type, key_arn) "
                + "VALUES ($account, $region, $name, $type, $created, $stream, $role, $hint, $destination, $source, $keyType, $keyArn) RETURNING id",
                ("$account", scope.AccountId),
                ("$region", scope.Region),
                ("$name", definition.Name),
                ("$type", definition.Type.ToString()),
                ("$created", createdAt.ToUnixTimeMilliseconds()),
                ("$stream", definition.KinesisSource?.StreamArn),
                ("$role", definition.KinesisSource?.RoleArn),
                ("$hint", definition.ThroughputHintMegabytes),
                ("$destination", DestinationDocument.Write(definition.Destination)),
                ("$source", sourceId),
                ("$keyType", definition.EncryptionKey?.ToString()),
                ("$keyArn", definition.EncryptionKeyArn))!;
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

    public List<StoredDeliveryStream> LoadAll() =>
        _database.Read(session => session.Query(
            "SELECT id, account, region, name, type, created_ms, deleting, kinesis_stream_arn, kinesis_role_arn, throughput_hint, destination, version, updated_ms, key_type, key_arn FROM delivery_streams ORDER BY id",
            row => new StoredDeliveryStream(
                row.GetInt64(0),
                new AccountScope(row.GetString(1), row.GetString(2)),
                ReadDefinition(row),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                row.GetInt64(6) != 0,
                row.GetInt64(11),
                row.IsDBNull(12) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(12)))));

    /// <summary>Records another destination under the next version.</summary>
    public void Update(long id, S3Destination destination, long version, DateTimeOffset updatedAt) => _database.Write(session =>
        session.Execute(
            "UPDATE delivery_streams SET destination = $destination, version = $version, updated_ms = $updated WHERE id = $id",
            ("$destination", DestinationDocument.Write(destination)),
            ("$version", version),
            ("$updated", updatedAt.ToUnixTimeMilliseconds()),
            ("$id", id)));

    public void Encrypt(long id, KeyType? key, string? keyArn) => _database.Write(session =>
        session.Execute(
            "UPDATE delivery_streams SET key_type = $type, key_arn = $arn WHERE id = $id",
            ("$type", key?.ToString()),
            ("$arn", keyArn),
            ("$id", id)));

    public void MarkDeleting(long id) => _database.Write(session =>
        session.Execute("UPDATE delivery_streams SET deleting = 1 WHERE id = $id", ("$id", id)));

    /// <summary>Removes a delivery stream with its tags, positions and recorded puts.</summary>
    public void Remove(long id) => _database.Write(session =>
        session.Execute("DELETE FROM delivery_streams WHERE id = $id", ("$id", id)));

    /// <summary>A delivery stream's tags in the order in which they were first given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags(long id) => _database.Read(session => session
        .Query("SELECT key, value FROM delivery_tags WHERE delivery_stream = $id ORDER BY ordinal, key", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), ("$id", id)));

    /// <summary>Adds tags or replaces their values; false where the delivery stream is gone.</summary>
    /// <exception cref="DeliveryException">LimitExceeded: there would be more than 50; nothing is changed.</exception>
    public bool Tag(long id, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var isThere = false;
        _database.Write(session =>
        {
            isThere = session.Scalar("SELECT 1 FROM delivery_streams WHERE id = $id", ("$id", id)) is not null;
            if (isThere)
                PutTags(session, id, tags);
        });
        return isThere;
    }

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
                "INSERT INTO delivery_tags (delivery_stream, key, value, ordinal) "
                + "SELECT $id, $key, $value, coalesce(max(ordinal), 0) + 1 FROM delivery_tags WHERE delivery_stream = $id "
                + "ON CONFLICT (delivery_stream, key) DO UPDATE SET value = excluded.value",
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
        Destination = DestinationDocument.Read(row.GetString(10)),
        EncryptionKey = row.IsDBNull(13) ? null : Enum.Parse<KeyType>(row.GetString(13)),
        EncryptionKeyArn = row.IsDBNull(14) ? null : row.GetString(14),
    };
}
