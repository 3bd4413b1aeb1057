using Headrace.ControlPlane;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Progress;

/// <summary>One delivery stream's progress in the control database. Every change is durable when its method returns. Thread-safe.</summary>
internal sealed class DeliveryLedger(ControlDatabase database, long deliveryStreamId)
{
    /// <summary>Called with objects that may be merged, once they are recorded as delivered.</summary>
    public Action<IReadOnlyList<SmallObject>>? Recorded { get; init; }

    /// <summary>The source that the recorded positions belong to; null while no source was seen.</summary>
    public long? SourceId => database.Read(session =>
        (long?)session.Scalar("SELECT source_id FROM delivery_streams WHERE id = $id", ("$id", deliveryStreamId)));

    /// <summary>True once the records go through the log of processed ones, and so positions are that log's.</summary>
    public bool IsProcessed => database.Read(session =>
        session.Scalar("SELECT processed FROM delivery_streams WHERE id = $id", ("$id", deliveryStreamId)) is 1L);

    /// <summary>The next position to deliver of every shard that was seen; a shard without one starts at 0.</summary>
    public Dictionary<int, long> Positions => database.Read(session => session
        .Query("SELECT shard, position FROM delivery_positions WHERE delivery_stream = $id", row => (Shard: row.GetInt32(0), Position: row.GetInt64(1)), ("$id", deliveryStreamId))
        .ToDictionary(row => row.Shard, row => row.Position));

    /// <summary>Partitions of which more is delivered than of the others, up to these positions.</summary>
    public Dictionary<string, long> Partitions => database.Read(session => session
        .Query("SELECT partition, position FROM delivery_partitions WHERE delivery_stream = $id", row => (Name: row.GetString(0), Position: row.GetInt64(1)), ("$id", deliveryStreamId))
        .ToDictionary(row => row.Name, row => row.Position, StringComparer.Ordinal));

    public DeliveryTotals Totals => database.Read(session => session.Query(
        "SELECT objects, records, bytes, lost_records FROM delivery_streams WHERE id = $id",
        row => new DeliveryTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        ("$id", deliveryStreamId)).SingleOrDefault());

    /// <summary>The objects that were begun and not completed.</summary>
    public List<PendingObject> Pending => database.Read(session =>
    {
        var ranges = session.Query(
            "SELECT number, shard, from_position, to_position FROM delivery_put_ranges WHERE delivery_stream = $id ORDER BY number, shard",
            row => (Number: row.GetInt64(0), Range: new ShardRange(row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))),
            ("$id", deliveryStreamId)).ToLookup(row => row.Number, row => row.Range);
        return session.Query(
            "SELECT number, partition, source_id, bucket, object_key, compression, failure FROM delivery_puts WHERE delivery_stream = $id ORDER BY number",
            row => new PendingObject(
                new PartitionName(row.GetString(1)),
                row.GetInt64(2),
                row.GetString(3),
                row.GetString(4),
                Enum.Parse<CompressionFormat>(row.GetString(5)),
                [.. ranges[row.GetInt64(0)]])
            {
                Failure = row.IsDBNull(6) ? null : EndpointFailure.Read(row.GetString(6)),
            },
            ("$id", deliveryStreamId));
    });

    /// <summary>Ties the delivery stream to a source; positions of another one are forgotten.</summary>
    public void Bind(long sourceId) => database.Write(session => Bind(session, sourceId));

    /// <summary>From now on positions are those of the log of processed records, which <paramref name="sourceId"/> stands for.</summary>
    public void EnterProcessing(long sourceId) => database.Write(session =>
    {
        Bind(session, sourceId);
        session.Execute("UPDATE delivery_streams SET processed = 1 WHERE id = $id", ("$id", deliveryStreamId));
    });

    /// <summary>Counts records that were gone before they could be processed.</summary>
    public void CountLost(long records) => database.Write(session =>
        session.Execute("UPDATE delivery_streams SET lost_records = lost_records + $lost WHERE id = $id", ("$lost", records), ("$id", deliveryStreamId)));

    /// <summary>Records that objects are about to be put.</summary>
    public void Begin(IReadOnlyList<PendingObject> pending) => database.Write(session => Insert(session, pending));

    /// <summary>Records that a request was given up and its records become an object instead.</summary>
    public void GiveUp(PendingObject request, PendingObject instead) => database.Write(session => session.Execute(
        "UPDATE delivery_puts SET bucket = $bucket, object_key = $key, compression = $compression, failure = $failure WHERE delivery_stream = $id AND object_key = $request",
        ("$id", deliveryStreamId),
        ("$request", request.Key),
        ("$bucket", instead.Bucket),
        ("$key", instead.Key),
        ("$compression", instead.Compression.ToString()),
        ("$failure", instead.Failure!.Write())));

    /// <summary>
    /// Records that all objects that were begun are put, so that the positions move past their records and the totals grow; and that the next ones
    /// are about to be.
    /// </summary>
    public void Complete(DeliveryAdvance advance, IReadOnlyList<PendingObject> next)
    {
        database.Write(session =>
        {
            Complete(session, advance);
            Insert(session, next);
        });
        if (advance.Small.Count > 0)
            Recorded?.Invoke(advance.Small);
    }

    private void Complete(DatabaseSession session, DeliveryAdvance advance)
    {
        foreach (var (shard, position) in advance.Positions)
        {
            session.Execute(
                "INSERT INTO delivery_positions (delivery_stream, shard, position) VALUES ($id, $shard, $to) "
                + "ON CONFLICT (delivery_stream, shard) DO UPDATE SET position = excluded.position",
                ("$id", deliveryStreamId),
                ("$shard", shard),
                ("$to", position));
        }
        foreach (var (partition, position) in advance.Partitions)
        {
            session.Execute(
                "INSERT INTO delivery_partitions (delivery_stream, partition, position) VALUES ($id, $partition, $to) "
                + "ON CONFLICT (delivery_stream, partition) DO UPDATE SET position = excluded.position",
                ("$id", deliveryStreamId),
                ("$partition", partition.Text),
                ("$to", position));
        }
        session.Execute(
            "DELETE FROM delivery_partitions WHERE delivery_stream = $id AND position <= (SELECT coalesce(max(position), 0) FROM delivery_positions WHERE delivery_stream = $id AND shard = 0)",
            ("$id", deliveryStreamId));
        session.Execute("DELETE FROM delivery_put_ranges WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute("DELETE FROM delivery_puts WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute(
            "UPDATE delivery_streams SET objects = objects + $objects, records = records + $records, bytes = bytes + $bytes, lost_records = lost_records + $lost WHERE id = $id",
            ("$objects", advance.Done.Objects),
            ("$records", advance.Done.Records),
            ("$bytes", advance.Done.Bytes),
            ("$lost", advance.Done.LostRecords),
            ("$id", deliveryStreamId));
        foreach (var small in advance.Small)
            CompactionTables.Insert(session, deliveryStreamId, small);
    }

    private void Bind(DatabaseSession session, long sourceId)
    {
        session.Execute("DELETE FROM delivery_positions WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute("DELETE FROM delivery_partitions WHERE delivery_stream = $id", ("$id", deliveryStreamId));
        session.Execute("UPDATE delivery_streams SET source_id = $source WHERE id = $id", ("$source", sourceId), ("$id", deliveryStreamId));
    }

    private void Insert(DatabaseSession session, IReadOnlyList<PendingObject> pending)
    {
        for (var number = 0; number < pending.Count; number++)
            Insert(session, number, pending[number]);
    }

    private void Insert(DatabaseSession session, int number, PendingObject pending)
    {
        session.Execute(
            "INSERT INTO delivery_puts (delivery_stream, number, partition, source_id, bucket, object_key, compression) VALUES ($id, $number, $partition, $source, $bucket, $key, $compression)",
            ("$id", deliveryStreamId),
            ("$number", number),
            ("$partition", pending.Partition.Text),
            ("$source", pending.SourceId),
            ("$bucket", pending.Bucket),
            ("$key", pending.Key),
            ("$compression", pending.Compression.ToString()));
        foreach (var range in pending.Ranges)
        {
            session.Execute(
                "INSERT INTO delivery_put_ranges (delivery_stream, number, shard, from_position, to_position) VALUES ($id, $number, $shard, $from, $to)",
                ("$id", deliveryStreamId),
                ("$number", number),
                ("$shard", range.Shard),
                ("$from", range.From),
                ("$to", range.To));
        }
    }
}
