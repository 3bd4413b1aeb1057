namespace Headrace.Client.Tests.Workers;

/// <summary>A worker at work. Disposing stops it in order.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ILeaseStore _leases;

    private RunningWorker(ILeaseStore leases) => _leases = leases;

    public Task Running { get; private set; } = Task.CompletedTask;

    public static RunningWorker Start(KinesisClient client, ILeaseStore leases, WorkerOptions options, Func<string, IShardProcessor> processorOf)
    {
        var running = new RunningWorker(leases);
        var worker = new Worker(client, WorkerGround.Stream, leases, processorOf, options);
        running.Running = Task.Run(() => worker.RunAsync(running._stop.Token));
        return running;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ContinueWith(_ => { }, TaskScheduler.Default);
        _leases.Dispose();
        _stop.Dispose();
    }
}
