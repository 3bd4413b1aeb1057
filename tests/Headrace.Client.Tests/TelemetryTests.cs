using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Headrace.Client.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_call_is_an_activity_with_its_retries_and_is_measured()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClientTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(traces);
        var measured = new ConcurrentQueue<(string Instrument, double Value, string Tags)>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ClientTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, Text(tags))));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, Text(tags))));
        meters.Start();

        // Other tests call too; these are of a stream and an operation that none of them has.
        var calls = 0;
        var stub = new StubService((operation, _) => operation == "ListTagsForStream"
            ? ++calls == 1 ? StubService.Error("InternalFailure", 500) : (200, """{"Tags":[],"HasMoreTags":false}""")
            : (200, """{"FailedRecordCount":0,"Records":[{"ShardId":"a","SequenceNumber":"1"}]}"""));
        using var client = stub.Client();
        await client.ListTagsForStreamAsync(new Kinesis.ListTagsForStreamRequest { StreamName = "traced" });
        await using (var producer = new Producer(client, "traced"))
            await producer.ProduceAsync(new byte[1], "k");

        var activity = activities.Single(stopped => stopped.DisplayName == "kinesis.ListTagsForStream");
        activity.Kind.ShouldBe(ActivityKind.Client);
        activity.GetTagItem("rpc.method").ShouldBe("ListTagsForStream");
        activity.Events.Single().Tags.ShouldContain(new KeyValuePair<string, object?>("error.type", "InternalFailure"));
        measured.Count(m => m.Instrument == "headrace.client.call.duration" && m.Tags == "rpc.method=ListTagsForStream rpc.service=kinesis").ShouldBe(1);
        measured.Count(m => m.Instrument == "headrace.client.retries" && m.Tags == "error.type=InternalFailure rpc.method=ListTagsForStream rpc.service=kinesis").ShouldBe(1);
        measured.Single(m => m.Instrument == "headrace.client.records.produced" && m.Tags == "aws.kinesis.stream_name=traced").Value.ShouldBe(1);
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
