using System.Text.Json;
using Headrace.Client;
using Headrace.Pipelines;

namespace Headrace.Cli.Demo;

/// <summary>The ETL of one demo, running beside the producer until it is stopped. One owner stops it.</summary>
internal sealed class DemoEtl : IProgress<PipelineProgress>, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly DemoCounts _counts;
    private readonly string _deadLetters;
    private readonly Task _running;

    private DemoEtl(DemoClients clients, DemoData data, DemoCounts counts, CancellationToken cancellation)
    {
        _counts = counts;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _deadLetters = data.NewDeadLetterFile();
        var plan = LoadPlan().With(_deadLetters, "demo");
        var runner = new PipelineRunner(clients.Kinesis, plan, new PipelineRunOptions { Checkpoints = new FileCheckpointStore(data.EtlProgressFile) });
        _running = RunAsync(runner, clients.Options, plan);
    }

    /// <summary>Starts where the last demo on the same data ended.</summary>
    public static DemoEtl Start(DemoClients clients, DemoData data, DemoCounts counts, CancellationToken cancellation) =>
        new(clients, data, counts, cancellation);

    public void Report(PipelineProgress value)
    {
        _counts.SetTransformed(value.Transformed);
        foreach (var (side, count) in value.Routed)
            _counts.SetRouted(side, count);
        _counts.SetDeadLettered(value.DeadLettered);
    }

    /// <exception cref="KinesisException">The ETL failed; so did the demo.</exception>
    public void ThrowIfFailed()
    {
        if (_running.IsFaulted)
            _running.GetAwaiter().GetResult();
    }

    /// <summary>Ends the run when it has seen through what is under way.</summary>
    /// <exception cref="KinesisException">The ETL had failed.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    /// <summary>The records that the stopped run put aside, as they were produced.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ReadDeadLetters()
    {
        if (!File.Exists(_deadLetters))
            yield break;
        foreach (var line in File.ReadLines(_deadLetters))
        {
            using var letter = JsonDocument.Parse(line);
            yield return letter.RootElement.GetProperty("dataBase64").GetBytesFromBase64();
        }
    }

    /// <summary>The console shows it too.</summary>
    private async Task RunAsync(PipelineRunner runner, ClientOptions options, PipelinePlan plan)
    {
        await using var reporter = PipelineReporter.Start(options, plan, this);
        await runner.RunAsync(reporter, _stop.Token);
    }

    /// <summary>The lab's own pipeline file, which is part of the command.</summary>
    private static PipelinePlan LoadPlan()
    {
        using var text = new StreamReader(typeof(DemoEtl).Assembly.GetManifestResourceStream("demo.yaml")!);
        return PipelineFile.Parse(text.ReadToEnd(), "pipeline.yaml");
    }

    /// <summary>Ends the run; a failure of it is somebody else's to tell by now.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }
}
