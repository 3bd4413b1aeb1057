using System.Globalization;
using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Iterators;
using Headrace.Streams.Resources;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Records;

/// <summary>Shows a stream's shards with what is in them, and its records. Thread-safe.</summary>
internal sealed class StreamViewer(StreamCatalog streams, ServerSentEvents events)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary>All shards, closed ones too, each with its lineage and the records that it holds.</summary>
    public Task DescribeAsync(HttpContext http, Caller caller, string name)
    {
        var stream = streams.Get(caller.Scope, name);
        Require(stream, caller, "kinesis:DescribeStream");
        return ConsoleJson.RespondAsync(http, writer =>
        {
            writer.WriteString("name", stream.Name);
            writer.WriteString("arn", stream.Arn);
            writer.WriteStartArray("shards");
            foreach (var shard in stream.Shards)
                Write(writer, shard, stream.Log.GetExtent(shard.Index));
            writer.WriteEndArray();
        });
    }

    /// <summary>A page of a shard's records, from an iterator or one of the five starting positions on.</summary>
    /// <exception cref="WireException">Members are missing or no numbers.</exception>
    /// <exception cref="StreamsException">The stream, shard or position is not there.</exception>
    public async Task ReadAsync(HttpContext http, Caller caller, string name)
    {
        var query = http.Request.Query;
        var limit = query["limit"].ToString() is { Length: > 0 } text ? (int)Number("limit", text, MaxLimit) : DefaultLimit;
        var iterator = query["iterator"].ToString();
        if (iterator.Length == 0)
        {
            var (stream, shard) = streams.GetServingShard(caller.Scope, name, query["shard"].ToString());
            Require(stream, caller, "kinesis:GetShardIterator");
            iterator = await streams.IterateAsync(stream, shard, PositionOf(query), http.RequestAborted);
        }
        using var page = new RecordPage();
        var reading = await streams.ReadAsync(iterator, limit, page, http.RequestAborted);
        Require(reading.Stream, caller, "kinesis:GetRecords");
        var view = new RecordWriting();
        await ConsoleJson.RespondAsync(http, writer =>
        {
            writer.WriteStartArray("records");
            for (var i = 0; i < page.Count; i++)
                view.Write(writer, reading.Shard, page[i]);
            writer.WriteEndArray();
            writer.WriteString("nextIterator", reading.NextIterator);
            writer.WriteNumber("millisBehindLatest", reading.MillisBehindLatest);
            writer.WriteStartArray("childShards");
            foreach (var child in reading.ChildShards)
                writer.WriteStringValue(child.Id);
            writer.WriteEndArray();
        });
    }

    /// <summary>The records of all shards as they come.</summary>
    /// <exception cref="StreamsException">There is no such stream.</exception>
    public Task TailAsync(HttpContext http, Caller caller, string name)
    {
        var stream = streams.GetServing(caller.Scope, name);
        Require(stream, caller, "kinesis:GetRecords");
        return events.RespondAsync(http, (emit, cancellation) => new StreamTail(streams, stream).FollowAsync(emit, cancellation));
    }

    private static void Require(DataStream stream, Caller caller, string action) =>
        StreamCatalog.RequireAccess(caller.Scope.AccountId, action, new StreamResource(stream));

    private static StartingPosition PositionOf(IQueryCollection query) => query["from"].ToString() switch
    {
        "trim-horizon" or "" => new StartingPosition(IteratorType.TrimHorizon),
        "latest" => new StartingPosition(IteratorType.Latest),
        "at-timestamp" => new StartingPosition(
            IteratorType.AtTimestamp, Timestamp: DateTimeOffset.FromUnixTimeMilliseconds(Number("timestamp", query["timestamp"].ToString(), 253_402_300_799_999))),
        "at-sequence-number" => new StartingPosition(IteratorType.AtSequenceNumber, query["sequenceNumber"].ToString()),
        "after-sequence-number" => new StartingPosition(IteratorType.AfterSequenceNumber, query["sequenceNumber"].ToString()),
        var other => throw WireException.Validation($"from is trim-horizon, latest, at-timestamp, at-sequence-number or after-sequence-number, not '{other}'."),
    };

    private static long Number(string name, string text, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max
            ? number
            : throw WireException.Validation($"{name} is a whole number from 1 to {max}, not '{text}'.");

    private static void Write(Utf8JsonWriter writer, Shard shard, ShardExtent extent)
    {
        writer.WriteStartObject();
        writer.WriteString("id", shard.Id);
        writer.WriteBoolean("isOpen", shard.IsOpen);
        writer.WriteString("startingHashKey", shard.Range.Start.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("endingHashKey", shard.Range.End.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("parent", shard.ParentIndex is { } parent ? Shard.IdOf(parent) : null);
        writer.WriteString("adjacentParent", shard.AdjacentParentIndex is { } adjacent ? Shard.IdOf(adjacent) : null);
        writer.WriteTime("createdAt", shard.CreatedAt);
        writer.WriteTime("closedAt", shard.ClosedAt);
        writer.WriteNumber("records", extent.End);
        writer.WriteNumber("retainedRecords", extent.End - extent.First);
        writer.WriteEndObject();
    }
}
