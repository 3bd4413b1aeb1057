using Headrace.ControlPlane;

namespace Headrace.Streams.Settings;

/// <summary>The shard-level metrics that streams have switched on, in the control database; they go with their stream.</summary>
internal sealed class MonitoringTables(ControlDatabase database)
{
    private const string Schema = """
        CREATE TABLE stream_metric (
            stream_id INTEGER NOT NULL REFERENCES stream (id) ON DELETE CASCADE,
            metric TEXT NOT NULL,
            PRIMARY KEY (stream_id, metric)) WITHOUT ROWID;
        """;

    public void Migrate() => database.Migrate("stream-metrics", Schema);

    public ILookup<long, ShardLevelMetric> Load() => database.Read(session => session.Query(
        "SELECT stream_id, metric FROM stream_metric",
        row => (StreamId: row.GetInt64(0), Metric: Enum.Parse<ShardLevelMetric>(row.GetString(1)))))
        .ToLookup(row => row.StreamId, row => row.Metric);

    public void Save(long streamId, IEnumerable<ShardLevelMetric> metrics) => database.Write(session =>
    {
        session.Execute("DELETE FROM stream_metric WHERE stream_id = $id", ("$id", streamId));
        foreach (var metric in metrics)
            session.Execute("INSERT INTO stream_metric VALUES ($id, $metric)", ("$id", streamId), ("$metric", metric.ToString()));
    });
}
