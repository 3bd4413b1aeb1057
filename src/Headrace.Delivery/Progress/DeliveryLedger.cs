using Headrace.ControlPlane;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Progress;

/// <summary>One delivery stream's progress in the control database. Every change is durable when its method returns. Thread-safe.</summary>
internal sealed class DeliveryLedger(ControlDatabase database, long deliveryStreamId)
{
    /// <summary>The source that the recorded positions belong to; null while no source was seen.</summary>
    public long? SourceId => database.Read(session =>
        (long?)session.Scalar("SELECT source_id FROM delivery_streams WHERE id = $id", ("$id", deliveryStreamId)));

    /// <summary>The next position to deliver of every shard that was seen; a shard without one starts at 0.</summary>
    public Dictionary<int, long> Positions => database.Read(session => session
        .Query("SELECT shard, position FROM delivery_positions WHERE delivery_stream = $id", row => (Shard: row.GetInt32(0), Position: row.GetInt64(1)), ("$id", deliveryStreamId))
        .ToDictionary(row => row.Shard, row => row.Position));

    public DeliveryTotals Totals => database.Read(session => session.Query(
        "SELECT objects, records, bytes, lost_records FROM delivery_streams WHERE id = $id",
        row => new DeliveryTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        ("$id", deliveryStreamId)).SingleOrDefault());

    /// <summary>The object that was begun and not completed; null when there is none.</summary>
    public PendingObject? Pending => database.Read(session =>
    {
        var ranges = session.Query(
            "SELECT shard, from_position, to_position FROM delivery_intent_ranges WHERE delivery_stream = $id ORDER BY shard",
            row => new ShardRange(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)),
            ("$id", deliveryStreamId));
        return session.Query(
            "SELECT source_id, bucket, object_key, compression FROM delivery_intents WHERE delivery_stream = $id",
            row => new PendingObject(row.GetInt64(0), row.GetString(1), row.GetString(2), Enum.Parse<CompressionFormat>(row.GetString(3)), ranges),
            ("$id", deliveryStreamId)).SingleOrDefault();
    });

    /// <summary>Ties the delivery stream to a source; positions of another one are forgotten.</summary>
    public void Bind(long sourceId) => database.Write(session =>
    {
        session.Execute("DELETE FROM delivery_positions WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute("UPDATE delivery_streams SET source_id = $source WHERE id = $id", ("$source", sourceId), ("$id", deliveryStreamId));
    });

    /// <summary>Records that an object is about to be put.</summary>
    public void Begin(PendingObject pending) => database.Write(session =>
    {
        session.Execute(
            "INSERT INTO delivery_intents (delivery_stream, source_id, bucket, object_key, compression) VALUES ($id, $source, $bucket, $key, $compression)",
            ("$id", deliveryStreamId),
            ("$source", pending.SourceId),
            ("$bucket", pending.Bucket),
            ("$key", pending.Key),
            ("$compression", pending.Compression.ToString()));
        foreach (var range in pending.Ranges)
        {
            session.Execute(
                "INSERT INTO delivery_intent_ranges (delivery_stream, shard, from_position, to_position) VALUES ($id, $shard, $from, $to)",
                ("$id", deliveryStreamId),
                ("$shard", range.Shard),
                ("$from", range.From),
                ("$to", range.To));
        }
    });

    /// <summary>Records that an object was put: the positions move past its records, and the totals grow.</summary>
    public void Complete(PendingObject pending, DeliveryTotals done) => database.Write(session =>
    {
        foreach (var range in pending.Ranges)
        {
            session.Execute(
                "INSERT INTO delivery_positions (delivery_stream, shard, position) VALUES ($id, $shard, $to) "
                + "ON CONFLICT (delivery_stream, shard) DO UPDATE SET position = excluded.position",
                ("$id", deliveryStreamId),
                ("$shard", range.Shard),
                ("$to", range.To));
        }
        session.Execute("DELETE FROM delivery_intent_ranges WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute("DELETE FROM delivery_intents WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute(
            "UPDATE delivery_streams SET objects = objects + $objects, records = records + $records, bytes = bytes + $bytes, lost_records = lost_records + $lost WHERE id = $id",
            ("$objects", done.Objects),
            ("$records", done.Records),
            ("$bytes", done.Bytes),
            ("$lost", done.LostRecords),
            ("$id", deliveryStreamId));
    });
}
