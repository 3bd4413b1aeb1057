using Headrace.ControlPlane;

namespace Headrace.Streams.Resources;

/// <summary>Resource policies in the control database; they go with their stream or consumer.</summary>
internal sealed class PolicyTables(ControlDatabase database)
{
    private const string Schema = """
        CREATE TABLE stream_policy (stream_id INTEGER PRIMARY KEY REFERENCES stream (id) ON DELETE CASCADE, policy TEXT NOT NULL);
        CREATE TABLE consumer_policy (consumer_id INTEGER PRIMARY KEY REFERENCES consumer (id) ON DELETE CASCADE, policy TEXT NOT NULL);
        """;

    public void Migrate() => database.Migrate("resource_policies", Schema);

    public List<(long StreamId, string Policy)> LoadOfStreams() => database.Read(session => session.Query(
        "SELECT stream_id, policy FROM stream_policy", row => (row.GetInt64(0), row.GetString(1))));

    public List<(long ConsumerId, string Policy)> LoadOfConsumers() => database.Read(session => session.Query(
        "SELECT consumer_id, policy FROM consumer_policy", row => (row.GetInt64(0), row.GetString(1))));

    public void Save(StreamResource resource, string policy) => database.Write(session => resource.Consumer is { } consumer
        ? session.Execute("INSERT OR REPLACE INTO consumer_policy VALUES ($id, $policy)", ("$id", consumer.Id), ("$policy", policy))
        : session.Execute("INSERT OR REPLACE INTO stream_policy VALUES ($id, $policy)", ("$id", resource.Stream.Id), ("$policy", policy)));

    public void Delete(StreamResource resource) => database.Write(session => resource.Consumer is { } consumer
        ? session.Execute("DELETE FROM consumer_policy WHERE consumer_id = $id", ("$id", consumer.Id))
        : session.Execute("DELETE FROM stream_policy WHERE stream_id = $id", ("$id", resource.Stream.Id)));
}
