using Headrace.Delivery.Channels;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.Naming;
using Headrace.Delivery.Partitions;
using Headrace.Delivery.Processing;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>Names objects, puts them, and puts again what a crash or a failure interrupted. Not thread-safe; its stage owns it.</summary>
internal sealed class ObjectDelivery(DeliveryStream stream, ObjectStores stores, EndpointDelivery endpoint, ConversionPlans plans, DeliveryLedger ledger, SmallObjects small, ILogger log)
{
    private const int PutsAtOnce = 4;

    private static readonly ReadLimits RebuildLimits = new(MaxRecords: 10_000, MaxBytes: 4 * 1024 * 1024);

    public DeliveryTotals Totals { get; private set; } = ledger.Totals;

    public void Count(DeliveryTotals done) => Totals += done;

    /// <summary>Decides the name of a buffer's object.</summary>
    public PendingObject Name(ObjectBuffer buffer, long sourceId, IReadOnlyList<ShardRange> ranges)
    {
        var partition = buffer.Partition;
        if (stream.Destination.Endpoint is not null && partition == PartitionName.Whole)
            return new PendingObject(partition, sourceId, "", Guid.NewGuid().ToString(), CompressionFormat.Uncompressed, ranges);
        return Name(partition, buffer.OldestArrivalUnixMs, sourceId, ranges);
    }

    private PendingObject Name(PartitionName partition, long oldestArrivalUnixMs, long sourceId, IReadOnlyList<ShardRange> ranges)
    {
        var version = stream.Current;
        var destination = partition.DestinationOf(version.Destination);
        var compression = partition.IsFailure || partition.PlanNumber is not null ? CompressionFormat.Uncompressed : destination.Compression;
        if (destination.Channel is { } channel)
            return new PendingObject(partition, sourceId, stores.AddressOf(destination), KeyOf(channel, destination, oldestArrivalUnixMs), compression, ranges);
        var key = ObjectName.Of(
            stream.ObjectsName,
            version.Id,
            partition.PrefixFor(destination),
            destination.Zone,
            DateTimeOffset.FromUnixTimeMilliseconds(oldestArrivalUnixMs),
            partition.ErrorOutputType,
            partition.IsFailure ? "" : ObjectName.ExtensionOf(destination, isConverted: partition.PlanNumber is not null),
            Random.Shared);
        return new PendingObject(partition, sourceId, stores.AddressOf(destination), key, compression, ranges);
    }

    private string KeyOf(ChannelSettings channel, S3Destination destination, long oldestArrivalUnixMs)
    {
        var template = KeyTemplate.Parse(channel.KeyTemplate, isCompressed: destination.Compression != CompressionFormat.Uncompressed);
        stream.KinesisSource!.TryLocate(out _, out var source);
        return template.KeyOf(channel, source!, destination.Compression, DateTimeOffset.FromUnixTimeMilliseconds(oldestArrivalUnixMs), Guid.NewGuid());
    }

    /// <summary>Puts objects; gives those that may be merged with others.</summary>
    public async Task<IReadOnlyList<SmallObject>> PutAsync(IReadOnlyList<PendingObject> pending, IReadOnlyList<ObjectBuffer> buffers, CancellationToken stop)
    {
        var put = new SmallObject?[pending.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, pending.Count),
            new ParallelOptions { MaxDegreeOfParallelism = PutsAtOnce, CancellationToken = stop },
            async (i, cancellation) => put[i] = await PutAsync(pending[i], buffers[i], cancellation));
        return [.. put.OfType<SmallObject>()];
    }

    /// <summary>Makes objects again that were begun before a crash or a failure, unless they are there already.</summary>
    /// <param name="pending">The objects.</param>
    /// <param name="view">The source now; null where there is none.</param>
    /// <param name="isProcessed">Whether the source is the log of processed records.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<DeliveryAdvance> FinishAsync(IReadOnlyList<PendingObject> pending, SourceView? view, bool isProcessed, CancellationToken stop)
    {
        var there = new bool[pending.Count];
        for (var i = 0; i < pending.Count; i++)
            there[i] = !pending[i].IsRequest && await IsThereAsync(pending[i], stop);
        var done = default(DeliveryTotals);
        var mergeable = new List<SmallObject>();
        var buffers = pending.Select(item => new ObjectBuffer(item.Partition, 0)).ToList();
        for (var i = 0; i < pending.Count; i++)
        {
            if (pending[i].KeepsRecordsApart)
                buffers[i].KeepApart();
        }
        try
        {
            var lost = await RebuildAsync(pending, buffers, view, isProcessed, stop);
            for (var i = 0; i < pending.Count; i++)
            {
                done += await FinishAsync(pending[i], buffers[i], there[i], isProcessed ? 0 : lost[i], mergeable, stop);
                // What was lost may be in the object that is there, whose bytes are then not known.
                if (there[i] && lost.Sum() == 0 && small.Concerns(pending[i]) && small.Of(pending[i], BodyOf(pending[i], buffers[i])) is { } found)
                    mergeable.Add(found);
            }
            if (isProcessed)
                done += new DeliveryTotals(0, 0, 0, lost.Sum());
        }
        finally
        {
            buffers.ForEach(buffer => buffer.Dispose());
        }
        var advance = isProcessed
            ? new DeliveryAdvance([], pending.Select(item => KeyValuePair.Create(item.Partition, item.End)).ToList(), done)
            : new DeliveryAdvance(pending.SelectMany(item => item.Ranges).Select(range => KeyValuePair.Create(range.Shard, range.To)).ToList(), [], done);
        return advance with { Small = mergeable };
    }

    private async Task<bool> IsThereAsync(PendingObject pending, CancellationToken stop)
    {
        try
        {
            return await stores.ExistsAsync(pending.Bucket, pending.Key, stop);
        }
        catch (DeliveryStandstillException)
        {
            // Who watches the share of puts that succeed is to see that none does.
            stream.Traffic.BeginPut();
            throw;
        }
    }

    private async Task<DeliveryTotals> FinishAsync(PendingObject pending, ObjectBuffer buffer, bool isThere, long lost, List<SmallObject> mergeable, CancellationToken stop)
    {
        if (!isThere && buffer.Records == 0)
            return new DeliveryTotals(0, 0, 0, lost);
        if (!isThere && await PutAsync(pending, buffer, stop) is { } put)
            mergeable.Add(put);
        if (isThere && lost > 0)
            log.LogInformation("Delivery stream {Stream}: {Key} holds the expired records; nothing is lost", stream.Name, pending.Key);
        return new DeliveryTotals(1, isThere ? buffer.Records + lost : buffer.Records, buffer.Length, isThere ? 0 : lost);
    }

    /// <summary>Reads the objects' records again; returns how many of each are gone. Of processed ones that is known of all together.</summary>
    private async Task<long[]> RebuildAsync(IReadOnlyList<PendingObject> pending, List<ObjectBuffer> buffers, SourceView? view, bool isProcessed, CancellationToken stop)
    {
        if (view is null || view.Id != pending[0].SourceId)
        {
            var gone = pending.Select(item => item.Ranges.Sum(range => range.Count)).ToArray();
            log.LogError("Delivery stream {Stream}: {Lost} records of {Key} went with their deleted source", stream.Name, gone.Sum(), pending[0].Key);
            return gone;
        }
        var lost = new long[pending.Count];
        using var page = new RecordPage();
        using var aggregates = isProcessed || stream.KinesisSource is null ? null : new AggregateOpener();
        var objects = new RebuiltObjects(pending, buffers, isProcessed, aggregates);
        foreach (var shard in pending.SelectMany(item => item.Ranges).GroupBy(range => range.Shard))
        {
            // A log that is not flushed on every append can end before what was read from it, once the machine lost power.
            var end = Math.Min(shard.Max(range => range.To), view.Log.GetExtent(shard.Key).End);
            for (var from = shard.Min(range => range.From); from < end; from = page.NextPosition)
            {
                await view.Log.ReadAsync(shard.Key, from, RebuildLimits, page, stop);
                if (page.NextPosition <= from)
                    throw new IOException($"Position {from} of shard {shard.Key} can't be read.");
                objects.Add(page, shard.Key, from, end, lost);
            }
        }
        return lost;
    }

    private async Task<SmallObject?> PutAsync(PendingObject pending, ObjectBuffer buffer, CancellationToken cancellation)
    {
        if (pending.IsRequest)
        {
            if (await SendAsync(pending, buffer, cancellation) is not { } instead)
                return null;
            pending = instead;
        }
        stream.Traffic.BeginPut();
        var destination = pending.Failure is null ? pending.Partition.DestinationOf(stream.Destination) : stream.Destination.Backup!;
        var outgoing = new OutgoingObject(pending.Bucket, pending.Key, BodyOf(pending, buffer))
        {
            ContentEncoding = ObjectPacking.ContentEncodingOf(pending.Compression),
            StorageClass = destination.StorageClass is S3Destination.StandardStorage ? null : destination.StorageClass,
            ExpectedOwner = destination.ExpectedOwner,
            KmsKey = destination.KmsKeyArn,
        };
        await stores.PutAsync(outgoing, cancellation);
        stream.Traffic.EndPut(buffer.Records, buffer.Length);
        return small.Of(pending, outgoing.Body);
    }

    private ReadOnlyMemory<byte> BodyOf(PendingObject pending, ObjectBuffer buffer)
    {
        if (pending.Failure is { } failure)
            return EndpointFailureLines.Of(buffer, failure);
        return pending.Partition.PlanNumber is { } plan
            ? ParquetObject.Write(plans.Get(plan), buffer.Bytes)
            : ObjectPacking.Pack(buffer.Bytes, pending.Compression, pending.FileName);
    }

    /// <summary>Sends a request; null once it is acknowledged, otherwise the object that its records become, which is recorded.</summary>
    private async Task<PendingObject?> SendAsync(PendingObject request, ObjectBuffer buffer, CancellationToken cancellation)
    {
        // A destination that is one stays one.
        if (await endpoint.SendAsync(stream.Destination.Endpoint!, request.Key, buffer, cancellation) is not { } failure)
        {
            stream.Traffic.EndPut(buffer.Records, buffer.Length);
            return null;
        }
        var failed = PartitionName.Failed(ErrorOutputTypes.HttpEndpointFailed);
        var instead = Name(failed, buffer.OldestArrivalUnixMs, request.SourceId, request.Ranges) with { Partition = request.Partition, Failure = failure };
        ledger.GiveUp(request, instead);
        return instead;
    }
}
