using Headrace.ControlPlane;
using Headrace.Streams.Invocations;
using Microsoft.Data.Sqlite;

namespace Headrace.Streams.Producers;

/// <summary>
/// Where producers stood, in the control database: the log's notes behind <see cref="Saved.NextNote"/> say what came since. So notes
/// may expire with the records around them, and a start has few to read.
/// </summary>
internal sealed class ProducerTables(ControlDatabase database)
{
    /// <summary>What was saved of one stream.</summary>
    public sealed record Saved(long NextNote, IReadOnlyList<(string Name, ProducerStanding Standing)> Producers);

    private const string Schema = """
        CREATE TABLE producer (
            stream_id INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
            name TEXT NOT NULL, first INTEGER NOT NULL, number INTEGER NOT NULL, position TEXT, arrival_ms INTEGER NOT NULL, runs BLOB NOT NULL,
            PRIMARY KEY (stream_id, name)) WITHOUT ROWID;
        CREATE TABLE producer_note (
            stream_id INTEGER PRIMARY KEY REFERENCES stream (id) ON DELETE CASCADE,
            next INTEGER NOT NULL) WITHOUT ROWID;
        """;

    public void Migrate() => database.Migrate("producers", Schema);

    public Saved Load(long streamId) => database.Read(session => new Saved(
        (long)(session.Scalar("SELECT next FROM producer_note WHERE stream_id = $id", ("$id", streamId)) ?? 0L),
        session.Query("SELECT name, first, number, position, arrival_ms, runs FROM producer WHERE stream_id = $id", Read, ("$id", streamId))));

    /// <summary>Saves, in one transaction, who has changed and who is forgotten, and which note is the first that this leaves out.</summary>
    public void Save(long streamId, Saved changes, IReadOnlyList<string> forgotten) => database.Write(session =>
    {
        foreach (var (name, standing) in changes.Producers)
        {
            var runs = new byte[standing.Runs.Length * ShardRun.Length];
            ShardRun.Write(runs, standing.Runs);
            session.Execute(
                "INSERT OR REPLACE INTO producer VALUES ($id, $name, $first, $number, $position, $arrival, $runs)",
                ("$id", streamId), ("$name", name), ("$first", standing.First), ("$number", standing.Number),
                ("$position", standing.Position), ("$arrival", standing.ArrivalUnixMs), ("$runs", runs));
        }
        foreach (var name in forgotten)
            session.Execute("DELETE FROM producer WHERE stream_id = $id AND name = $name", ("$id", streamId), ("$name", name));
        session.Execute("INSERT OR REPLACE INTO producer_note VALUES ($id, $next)", ("$id", streamId), ("$next", changes.NextNote));
    });

    private static (string Name, ProducerStanding Standing) Read(SqliteDataReader row) => (
        row.GetString(0),
        new ProducerStanding(row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4))
        {
            First = row.GetInt64(1),
            Runs = ShardRun.Read((byte[])row[5]),
        });
}
