using System.Text.Json;
using Headrace.Server.Pipelines;

namespace Headrace.Server.Console.Overview;

/// <summary>Writes how pipelines are.</summary>
internal static class PipelineWriting
{
    public static void Write(Utf8JsonWriter writer, PipelineState pipeline, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("name", pipeline.Key.Pipeline);
        writer.WriteString("group", pipeline.Key.Group);
        writer.WriteString("sourceStream", pipeline.Key.SourceStream);
        writer.WriteString("deadLetters", pipeline.DeadLetters);
        writer.WriteNumber("read", pipeline.Counts.Read);
        writer.WriteNumber("transformed", pipeline.Counts.Transformed);
        writer.WriteNumber("dropped", pipeline.Counts.Dropped);
        writer.WriteNumber("deadLettered", pipeline.Counts.DeadLettered);
        writer.WriteNumber("repeated", pipeline.Counts.Repeated);
        writer.WriteNumberOrNull("millisBehindLatest", pipeline.Workers.Count > 0 ? pipeline.Workers.Max(worker => worker.Report.MillisBehindLatest) : null);
        writer.WriteNumberOrNull("checkpointAgeMilliseconds", Milliseconds(pipeline.Workers.Max(worker => worker.CheckpointAge(now))));
        writer.WriteTime("reportedAt", pipeline.LastAt);
        writer.WriteStartArray("routes");
        foreach (var route in pipeline.Routes)
            Write(writer, route);
        writer.WriteEndArray();
        writer.WriteStartArray("workers");
        foreach (var worker in pipeline.Workers)
            Write(writer, worker, now);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PipelineRouteReport route)
    {
        writer.WriteStartObject();
        writer.WriteString("name", route.Name);
        if (route.Stream is not null)
            writer.WriteString("stream", route.Stream);
        if (route.DeliveryStream is not null)
            writer.WriteString("deliveryStream", route.DeliveryStream);
        writer.WriteNumber("records", route.Records);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PipelineWorker worker, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("name", worker.Report.Worker);
        writer.WriteNumber("read", worker.Report.Counts.Read);
        writer.WriteNumber("millisBehindLatest", worker.Report.MillisBehindLatest);
        writer.WriteNumberOrNull("checkpointAgeMilliseconds", Milliseconds(worker.CheckpointAge(now)));
        writer.WriteTime("reportedAt", worker.At);
        writer.WriteEndObject();
    }

    private static long? Milliseconds(TimeSpan? time) => (long?)time?.TotalMilliseconds;
}
