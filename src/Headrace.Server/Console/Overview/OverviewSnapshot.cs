using System.Text.Json;
using Headrace.Buckets;
using Headrace.ControlPlane;
using Headrace.Delivery;
using Headrace.Server.Pipelines;
using Headrace.Streams;
using Headrace.Streams.Consumers;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Console.Overview;

/// <summary>Everything of one account and region at one moment.</summary>
internal sealed record OverviewSnapshot(
    DateTimeOffset Time,
    AccountScope Scope,
    IReadOnlyList<(DataStream Stream, StreamCounts Counts)> Streams,
    IReadOnlyList<DeliveryStream> DeliveryStreams,
    IReadOnlyList<Bucket> Buckets,
    IReadOnlyList<PipelineState> Pipelines)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteTime("time", Time);
        writer.WriteString("account", Scope.AccountId);
        writer.WriteString("region", Scope.Region);
        writer.WriteStartArray("streams");
        foreach (var (stream, counts) in Streams)
            Write(writer, stream, counts);
        writer.WriteEndArray();
        writer.WriteStartArray("deliveryStreams");
        foreach (var stream in DeliveryStreams)
            Write(writer, stream);
        writer.WriteEndArray();
        writer.WriteStartArray("buckets");
        foreach (var bucket in Buckets)
        {
            writer.WriteStartObject();
            writer.WriteString("name", bucket.Name);
            writer.WriteTime("createdAt", bucket.CreatedAt);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("pipelines");
        foreach (var pipeline in Pipelines)
            PipelineWriting.Write(writer, pipeline, Time);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, DataStream stream, StreamCounts counts)
    {
        writer.WriteStartObject();
        writer.WriteString("name", stream.Name);
        writer.WriteString("status", stream.Status.ToString().ToUpperInvariant());
        writer.WriteString("mode", stream.Mode == StreamMode.OnDemand ? "ON_DEMAND" : "PROVISIONED");
        writer.WriteNumber("openShards", stream.Map.OpenCount);
        writer.WriteNumber("shards", stream.Map.All.Length);
        writer.WriteNumber("retentionHours", stream.RetentionHours);
        writer.WriteTime("createdAt", stream.CreatedAt);
        writer.WriteNumber("records", counts.Put);
        writer.WriteNumber("retainedRecords", counts.Retained);
        Write(writer, stream.Traffic, stream.Consumers);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, StreamTraffic traffic, IReadOnlyList<StreamConsumer> consumers)
    {
        var one = traffic.PutRecord.Latency.Snapshot();
        var many = traffic.PutRecords.Latency.Snapshot();
        writer.WriteNumber("incomingBytes", traffic.IncomingBytes);
        writer.WriteNumber("outgoingRecords", traffic.GetRecords.Records + consumers.Sum(consumer => consumer.Traffic.Records));
        writer.WriteNumber("outgoingBytes", traffic.GetRecords.Bytes + consumers.Sum(consumer => consumer.Traffic.Bytes));
        writer.WriteNumber("puts", one.Count + many.Count);
        writer.WriteNumber("putMilliseconds", (one.Sum + many.Sum).TotalMilliseconds);
        writer.WriteNumberOrNull("iteratorAgeMilliseconds", traffic.IteratorAgeMs);
        writer.WriteStartArray("consumers");
        foreach (var consumer in consumers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", consumer.Name);
            writer.WriteNumber("records", consumer.Traffic.Records);
            writer.WriteNumberOrNull("millisBehindLatest", consumer.Traffic.MillisBehindLatest);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, DeliveryStream stream)
    {
        writer.WriteStartObject();
        writer.WriteString("name", stream.Name);
        writer.WriteString("status", stream.Status.ToString().ToUpperInvariant());
        writer.WriteString("type", stream.Type.ToString());
        writer.WriteTime("createdAt", stream.CreatedAt);
        if (stream.KinesisSource is { } source && source.TryLocate(out var scope, out var name) && scope == stream.Scope)
            writer.WriteString("sourceStream", name);
        var destination = stream.Destination;
        writer.WriteString("bucket", destination.Bucket);
        writer.WriteString("prefix", destination.Prefix);
        writer.WriteString("errorOutputPrefix", destination.ErrorOutputPrefix);
        writer.WriteNumber("bufferMegabytes", destination.BufferMegabytes);
        writer.WriteNumber("bufferSeconds", destination.BufferSeconds);
        writer.WriteString("compression", destination.Compression.ToString());
        if (stream.Compaction is { } compaction)
        {
            writer.WriteStartObject("compaction");
            writer.WriteNumber("targetBytes", compaction.TargetBytes);
            writer.WriteNumber("afterSeconds", (long)compaction.After.TotalSeconds);
            writer.WriteEndObject();
        }
        if (destination.Channel is { } channel)
            ChannelWriting.Write(writer, channel, stream.Arn, destination.Backup!);
        if (stream.Progress is { } progress)
            Write(writer, progress);
        writer.WriteNumber("freshnessMilliseconds", (long)stream.Traffic.Freshness.TotalMilliseconds);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DeliveryProgress progress)
    {
        writer.WriteNumber("bufferedRecords", progress.BufferedRecords);
        writer.WriteNumber("bufferedBytes", progress.BufferedBytes);
        writer.WriteTime("oldestBuffered", progress.OldestBuffered);
        writer.WriteNumber("deliveredObjects", progress.DeliveredObjects);
        writer.WriteNumber("deliveredRecords", progress.DeliveredRecords);
        writer.WriteNumber("deliveredBytes", progress.DeliveredBytes);
        writer.WriteNumber("lostRecords", progress.LostRecords);
        writer.WriteString("lastError", progress.LastError);
    }
}
