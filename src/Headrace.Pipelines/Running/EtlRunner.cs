using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// Reads user sessions from a stream, transforms them, and writes each to the stream of its destination, keyed by its session id.
/// No record is dropped: what can't be transformed or written becomes a dead letter, and a checkpoint only covers records that are
/// durable on the other side. A run that is stopped or killed repeats at most what was under way.
/// </summary>
public sealed class EtlRunner
{
    private readonly KinesisClient _client;
    private readonly EtlOptions _options;
    private readonly TimeProvider _time;
    private readonly UserSessionTransform _transform;

    /// <exception cref="ArgumentException">A destination is missing.</exception>
    public EtlRunner(KinesisClient client, EtlOptions options)
        : this(client, options, TimeProvider.System)
    {
    }

    internal EtlRunner(KinesisClient client, EtlOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var name in new[] { CountryRouter.Usa, CountryRouter.International })
        {
            if (!options.Destinations.ContainsKey(name))
                throw new ArgumentException($"the destinations name no stream for {name}", nameof(options));
        }
        (_client, _options, _time) = (client, options, time);
        _transform = new UserSessionTransform(time);
    }

    /// <summary>Runs until the source's tip, the limit, or cancellation, and returns what was done.</summary>
    /// <param name="progress">Told a few times a second while records move.</param>
    /// <exception cref="KinesisException">A stream refuses: there is none of that name, say. Checkpoints are saved.</exception>
    /// <exception cref="EndpointUnreachableException">The server stayed away. Checkpoints are saved.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled. Checkpoints are saved.</exception>
    public async Task<EtlProgress> RunAsync(IProgress<EtlProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var office = OpenDeadLetterOffice();
        await using var run = new EtlRun(_client, _options, _transform, office, await LoadCheckpointsAsync(cancellationToken));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var quiet = new CancellationTokenSource();
        var watching = WatchAsync(run, progress, quiet.Token);
        try
        {
            await run.PumpAsync(stop, cancellationToken);
        }
        finally
        {
            await quiet.CancelAsync();
            await watching;
            await SaveAsync(run);
            progress?.Report(run.Tally.Snapshot());
        }
        return run.Tally.Snapshot();
    }

    private IDeadLetterOffice OpenDeadLetterOffice()
    {
        const string prefix = "stream:";
        return _options.DeadLetter.StartsWith(prefix, StringComparison.Ordinal)
            ? new DeadLetterStream(_client, _options.DeadLetter[prefix.Length..])
            : new DeadLetterFile(_options.DeadLetter);
    }

    private async Task<IReadOnlyDictionary<string, string>> LoadCheckpointsAsync(CancellationToken cancellationToken) =>
        _options.Checkpoints is { } store
            ? await store.LoadAsync(cancellationToken)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    private async Task SaveAsync(EtlRun run)
    {
        if (_options.Checkpoints is { } store && run.Checkpoints.TakeChanged() is { } checkpoints)
            await store.SaveAsync(checkpoints, CancellationToken.None);
    }

    /// <summary>Saves checkpoints and reports progress beside the records' way, so that neither holds it up.</summary>
    private async Task WatchAsync(EtlRun run, IProgress<EtlProgress>? progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                progress?.Report(run.Tally.Snapshot());
                try
                {
                    await SaveAsync(run);
                }
                catch (IOException e)
                {
                    run.Fail(e);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }
}
