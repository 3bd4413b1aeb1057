using Headrace.ControlPlane;

namespace Headrace.Delivery.Compaction;

/// <summary>
/// The delivered objects that wait to be merged, in the control database. They come there with the transaction that records them as delivered,
/// so none is an object that recovery will look for. Every change is durable when its method returns. Thread-safe.
/// </summary>
internal sealed class CompactionTables(ControlDatabase database)
{
    public const string Schema = """
        CREATE TABLE delivery_small_objects (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            delivery_stream INTEGER NOT NULL REFERENCES delivery_streams ON DELETE CASCADE,
            object_group TEXT NOT NULL,
            object_key TEXT NOT NULL,
            etag TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            delivered_ms INTEGER NOT NULL);
        CREATE INDEX delivery_small_objects_by_group ON delivery_small_objects (delivery_stream, object_group, id);
        """;

    private const string Totals = "count(*), coalesce(sum(bytes), 0), coalesce(min(delivered_ms), 0)";

    /// <summary>Records an object in a transaction of its delivery.</summary>
    public static void Insert(DatabaseSession session, long deliveryStreamId, SmallObject small) => session.Execute(
        "INSERT INTO delivery_small_objects (delivery_stream, object_group, object_key, etag, bytes, delivered_ms) VALUES ($id, $group, $key, $etag, $bytes, $at)",
        ("$id", deliveryStreamId),
        ("$group", small.Group.Text),
        ("$key", small.Key),
        ("$etag", small.ETag),
        ("$bytes", small.Bytes),
        ("$at", small.DeliveredAt.ToUnixTimeMilliseconds()));

    /// <summary>All groups of a delivery stream that have objects.</summary>
    public List<(string Group, GroupTotals Totals)> Groups(long deliveryStreamId) => database.Read(session => session.Query(
        $"SELECT object_group, {Totals} FROM delivery_small_objects WHERE delivery_stream = $id GROUP BY object_group",
        row => (row.GetString(0), new GroupTotals(row.GetInt64(1), row.GetInt64(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))),
        ("$id", deliveryStreamId)));

    public GroupTotals TotalsOf(long deliveryStreamId, string group) => database.Read(session => session.Query(
        $"SELECT {Totals} FROM delivery_small_objects WHERE delivery_stream = $id AND object_group = $group",
        row => new GroupTotals(row.GetInt64(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
        ("$id", deliveryStreamId),
        ("$group", group)).Single());

    /// <summary>A group's objects in the order of their delivery.</summary>
    public List<SmallObject> Of(long deliveryStreamId, ObjectGroup group, int limit) => database.Read(session => session.Query(
        "SELECT id, object_key, etag, bytes, delivered_ms FROM delivery_small_objects WHERE delivery_stream = $id AND object_group = $group ORDER BY id LIMIT $limit",
        row => new SmallObject(group, row.GetString(1), row.GetString(2), row.GetInt64(3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))) { Id = row.GetInt64(0) },
        ("$id", deliveryStreamId),
        ("$group", group.Text),
        ("$limit", limit)));

    /// <summary>Forgets objects that are merged, or are left as they are for good.</summary>
    public void Forget(IEnumerable<SmallObject> objects) => database.Write(session =>
    {
        foreach (var small in objects)
            session.Execute("DELETE FROM delivery_small_objects WHERE id = $id", ("$id", small.Id));
    });

    /// <summary>Forgets all objects of a delivery stream.</summary>
    public void Forget(long deliveryStreamId) => database.Write(session =>
        session.Execute("DELETE FROM delivery_small_objects WHERE delivery_stream = $id", ("$id", deliveryStreamId)));
}
