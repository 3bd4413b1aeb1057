using Headrace.ControlPlane;

namespace Headrace.Streams.Settings;

/// <summary>Streams' encryption, warm throughput and record distribution in the control database; they go with their stream.</summary>
internal sealed class SettingsTables(ControlDatabase database)
{
    private const string Schema = """
        CREATE TABLE stream_encryption (
            stream_id INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
            since_ms INTEGER NOT NULL,
            key_id TEXT,
            PRIMARY KEY (stream_id, since_ms)) WITHOUT ROWID;
        CREATE TABLE stream_warm_throughput (
            stream_id INTEGER PRIMARY KEY REFERENCES stream (id) ON DELETE CASCADE,
            mibps INTEGER NOT NULL);
        CREATE TABLE stream_distribution (
            stream_id INTEGER PRIMARY KEY REFERENCES stream (id) ON DELETE CASCADE,
            strategy TEXT NOT NULL);
        """;

    public void Migrate() => database.Migrate("stream-settings", Schema);

    public ILookup<long, EncryptionChange> LoadEncryption() => database.Read(session => session.Query(
        "SELECT stream_id, since_ms, key_id FROM stream_encryption ORDER BY stream_id, since_ms",
        row => (StreamId: row.GetInt64(0), Change: new EncryptionChange(row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2)))))
        .ToLookup(row => row.StreamId, row => row.Change);

    public void SaveEncryption(long streamId, EncryptionChange change) => database.Write(session => session.Execute(
        "INSERT OR REPLACE INTO stream_encryption VALUES ($id, $since, $key)", ("$id", streamId), ("$since", change.SinceUnixMs), ("$key", change.KeyId)));

    public List<(long StreamId, int MiBps)> LoadWarmThroughput() => database.Read(session => session.Query(
        "SELECT stream_id, mibps FROM stream_warm_throughput", row => (row.GetInt64(0), row.GetInt32(1))));

    public void SaveWarmThroughput(long streamId, int mibps) => database.Write(session => session.Execute(
        "INSERT OR REPLACE INTO stream_warm_throughput VALUES ($id, $mibps)", ("$id", streamId), ("$mibps", mibps)));

    public void DeleteOnDemand(long streamId) => database.Write(session =>
    {
        session.Execute("DELETE FROM stream_warm_throughput WHERE stream_id = $id", ("$id", streamId));
        session.Execute("DELETE FROM stream_distribution WHERE stream_id = $id", ("$id", streamId));
    });

    public List<(long StreamId, RecordDistribution Distribution)> LoadDistribution() => database.Read(session => session.Query(
        "SELECT stream_id, strategy FROM stream_distribution", row => (row.GetInt64(0), Enum.Parse<RecordDistribution>(row.GetString(1)))));

    public void SaveDistribution(long streamId, RecordDistribution distribution) => database.Write(session => session.Execute(
        "INSERT OR REPLACE INTO stream_distribution VALUES ($id, $strategy)", ("$id", streamId), ("$strategy", distribution.ToString())));
}
