using System.Diagnostics.Metrics;

namespace Headrace.Pipelines.Tests;

/// <summary>What a run tells by .NET's instruments.</summary>
public sealed class PipelineMeterTests
{
    [Fact]
    public async Task A_run_tells_its_progress_while_it_lasts()
    {
        await using var server = await PipelineServer.StartAsync(("source", 1), ("out", 1));
        for (var i = 0; i < 10; i++)
            await server.Client.PutRecordAsync("source", System.Text.Encoding.UTF8.GetBytes(i < 7 ? $$"""{"n":{{i}}}""" : i < 9 ? "{}" : "no json"), "k");
        var plan = PipelineFile.Parse("""
            name: metered
            source: { stream: source }
            steps: [{ drop: .n == null }]
            routes: [{ to: out }]
            destinations: { out: { stream: out } }
            """, server.At("metered.yaml")).With(server.At("letters.ndjson"), "g");
        var told = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name == PipelineMeter.Name && instrument.Meter.Tags!.Contains(new("pipeline", "metered")))
                all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told[tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}"] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => told[instrument.Name] = value);
        listener.Start();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var running = new PipelineRunner(server.Client, plan, new PipelineRunOptions { Checkpoints = new Client.FileCheckpointStore(server.At("progress.json")) }).RunAsync(cancellationToken: stop.Token);

        while (!told.ContainsKey("headrace.pipeline.checkpoint_age") && !stop.IsCancellationRequested)
        {
            listener.RecordObservableInstruments();
            await Task.Delay(10);
        }
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        (told["headrace.pipeline.read"], told["headrace.pipeline.transformed"], told["headrace.pipeline.dropped"]).ShouldBe((10, 7, 2));
        (told["headrace.pipeline.dead_lettered"], told["headrace.pipeline.routed out"], told["headrace.pipeline.repeated"]).ShouldBe((1, 7, 0));
        told.ShouldContainKey("headrace.pipeline.behind_latest");
        told.Clear();
        listener.RecordObservableInstruments();
        told.ShouldBeEmpty();
    }
}
