using System.Globalization;
using Headrace.Cli.Output;

namespace Headrace.Cli.Top;

/// <summary>Makes tables of two looks at a server: rates are what came between them.</summary>
internal static class TopTables
{
    private const string Nothing = "–";

    public static IEnumerable<TextTable> Of(Overview now, Overview before)
    {
        var seconds = Math.Max(0.001, (now.Time - before.Time) / 1000.0);
        yield return Streams(now, before, seconds);
        if (now.Streams.Any(static stream => stream.Consumers.Count > 0))
            yield return Consumers(now, before, seconds);
        if (now.Pipelines is { Count: > 0 } pipelines)
            yield return Pipelines(pipelines, before.Pipelines ?? [], seconds);
        if (now.DeliveryStreams.Any(static stream => stream.Channel is null))
            yield return Deliveries("delivery stream", now.DeliveryStreams.Where(static stream => stream.Channel is null), now.Time, before, seconds);
        if (now.DeliveryStreams.Any(static stream => stream.Channel is not null))
            yield return Deliveries("channel", now.DeliveryStreams.Where(static stream => stream.Channel is not null), now.Time, before, seconds);
    }

    private static TextTable Streams(Overview now, Overview before, double seconds)
    {
        var table = new TextTable("stream", "status", "shards", "records", "in/s", "in B/s", "out/s", "out B/s", "put ms", "age");
        foreach (var stream in now.Streams)
        {
            var last = before.Streams.FirstOrDefault(each => each.Name == stream.Name) ?? stream;
            var puts = stream.Puts - last.Puts;
            table.AddRow(
                stream.Name,
                stream.Status,
                Whole(stream.OpenShards),
                Whole(stream.Records),
                Rate(stream.Records - last.Records, seconds),
                Rate(stream.IncomingBytes - last.IncomingBytes, seconds),
                Rate(stream.OutgoingRecords - last.OutgoingRecords, seconds),
                Rate(stream.OutgoingBytes - last.OutgoingBytes, seconds),
                puts > 0 ? ((stream.PutMilliseconds - last.PutMilliseconds) / puts).ToString("0.0", CultureInfo.InvariantCulture) : Nothing,
                Lag(stream.IteratorAgeMilliseconds));
        }
        return table;
    }

    private static TextTable Consumers(Overview now, Overview before, double seconds)
    {
        var table = new TextTable("consumer", "stream", "records", "out/s", "behind");
        foreach (var stream in now.Streams)
        {
            var last = before.Streams.FirstOrDefault(each => each.Name == stream.Name)?.Consumers ?? [];
            foreach (var consumer in stream.Consumers)
            {
                var earlier = last.FirstOrDefault(each => each.Name == consumer.Name)?.Records ?? consumer.Records;
                table.AddRow(consumer.Name, stream.Name, Whole(consumer.Records), Rate(consumer.Records - earlier, seconds), Lag(consumer.MillisBehindLatest));
            }
        }
        return table;
    }

    private static TextTable Pipelines(IReadOnlyList<PipelineOverview> now, IReadOnlyList<PipelineOverview> before, double seconds)
    {
        var table = new TextTable("pipeline", "group", "from", "workers", "behind", "in/s", "out/s", "dead letters", "checkpoint");
        foreach (var pipeline in now)
        {
            var last = before.FirstOrDefault(each => (each.Name, each.Group, each.SourceStream) == (pipeline.Name, pipeline.Group, pipeline.SourceStream)) ?? pipeline;
            table.AddRow(
                pipeline.Name,
                pipeline.Group,
                pipeline.SourceStream,
                Whole(pipeline.Workers.Count),
                Lag(pipeline.MillisBehindLatest),
                Rate(pipeline.Read - last.Read, seconds),
                Rate(pipeline.Routed - last.Routed, seconds),
                Whole(pipeline.DeadLettered),
                Lag(pipeline.CheckpointAgeMilliseconds));
        }
        return table;
    }

    private static TextTable Deliveries(string heading, IEnumerable<DeliveryOverview> streams, long time, Overview before, double seconds)
    {
        var table = new TextTable(heading, "from", "to", "waiting", "oldest", "delivered", "records/s", "B/s", "trouble");
        foreach (var stream in streams)
        {
            var last = before.DeliveryStreams.FirstOrDefault(each => each.Name == stream.Name) ?? stream;
            table.AddRow(
                stream.Channel?.Name ?? stream.Name,
                stream.SourceStream ?? "DirectPut",
                stream.Bucket ?? Nothing,
                Whole(stream.BufferedRecords),
                Lag(stream.OldestBuffered is { } oldest ? Math.Max(0, time - oldest) : null),
                $"{Whole(stream.DeliveredRecords)} in {Whole(stream.DeliveredObjects)}",
                Rate(stream.DeliveredRecords - last.DeliveredRecords, seconds),
                Rate(stream.DeliveredBytes - last.DeliveredBytes, seconds),
                stream.LastError ?? "");
        }
        return table;
    }

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A stream that was made anew counts from zero again.</summary>
    private static string Rate(long grown, double seconds) => Whole((long)Math.Round(Math.Max(0, grown) / seconds));

    private static string Lag(long? milliseconds) => milliseconds switch
    {
        null => Nothing,
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        < 600_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:N0} min"),
    };
}
