using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// Runs a pipeline. No record is lost: what can't go on becomes a dead letter, and a checkpoint only covers records that are durable
/// on the other side. A run that is stopped or killed repeats at most what was under way.
/// </summary>
public sealed class PipelineRunner
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly KinesisClient _kinesis;
    private readonly FirehoseClient? _firehose;
    private readonly PipelinePlan _plan;
    private readonly PipelineRunOptions _options;
    private readonly TimeProvider _time;

    /// <param name="kinesis">Where the source is, and the data streams that are destinations.</param>
    /// <param name="plan">The pipeline.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="firehose">Where the delivery streams are, if there are any among the destinations.</param>
    public PipelineRunner(KinesisClient kinesis, PipelinePlan plan, PipelineRunOptions? options = null, FirehoseClient? firehose = null)
        : this(kinesis, plan, options, firehose, TimeProvider.System)
    {
    }

    internal PipelineRunner(KinesisClient kinesis, PipelinePlan plan, PipelineRunOptions? options, FirehoseClient? firehose, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(kinesis);
        ArgumentNullException.ThrowIfNull(plan);
        (_kinesis, _plan, _options, _firehose, _time) = (kinesis, plan, options ?? new PipelineRunOptions(), firehose, time);
    }

    /// <summary>Runs until the source's tip, the limit, or cancellation, and returns what was done.</summary>
    /// <param name="progress">Told a few times a second while records move.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="KinesisException">A stream refuses: there is none of that name, say. Checkpoints are saved.</exception>
    /// <exception cref="EndpointUnreachableException">The server stayed away. Checkpoints are saved.</exception>
    /// <exception cref="PipelineException">The pipeline can't go on. Checkpoints are saved.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled. Checkpoints are saved.</exception>
    public Task<PipelineProgress> RunAsync(IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync((positions, stop) => SourcePages.ReadAsync(Consume(positions, stop), _options.Limit, stop), progress, cancellationToken);

    /// <summary>Sends the dead letters of a file through the steps and routes again. Those that fail again are dead letters again.</summary>
    /// <param name="path">The letters, one a line.</param>
    /// <param name="progress">Told a few times a second while records move.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<PipelineProgress> ReplayAsync(string path, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync((_, stop) => LetterPages.ReadAsync(path, stop), progress, cancellationToken);

    private async Task<PipelineProgress> RunAsync(
        Func<IReadOnlyDictionary<string, string>, CancellationToken, IAsyncEnumerable<SourcePage>> read, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        var tally = new PipelineTally(_plan.Destinations.Select(destination => destination.Name), _time);
        if (_options.Limit is <= 0)
            return tally.Snapshot();
        using var quiet = new CancellationTokenSource();
        var watching = ReportAsync(tally, progress, quiet.Token);
        try
        {
            await (_plan.IsStateful ? RunStatefulAsync(tally, read, cancellationToken) : RunStatelessAsync(tally, read, cancellationToken));
        }
        finally
        {
            await quiet.CancelAsync();
            await watching;
            progress?.Report(tally.Snapshot());
        }
        return tally.Snapshot();
    }

    private async Task RunStatelessAsync(
        PipelineTally tally, Func<IReadOnlyDictionary<string, string>, CancellationToken, IAsyncEnumerable<SourcePage>> read, CancellationToken cancellationToken)
    {
        var loaded = _options.Checkpoints is { } store ? await store.LoadAsync(cancellationToken) : new Dictionary<string, string>(StringComparer.Ordinal);
        using var office = DeadLetterOffice.Open(_kinesis, _plan.DeadLetter, loaded);
        await using var run = new PipelineRun(_plan, _ => new OutletSet(_plan, _kinesis, _firehose), office, loaded, tally);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var quiet = new CancellationTokenSource();
        var saving = SaveRegularlyAsync(run, quiet.Token);
        try
        {
            await run.PumpAsync(read(loaded, stop.Token), stop, cancellationToken);
        }
        finally
        {
            await quiet.CancelAsync();
            await saving;
            await SaveAsync(run);
        }
    }

    private async Task RunStatefulAsync(
        PipelineTally tally, Func<IReadOnlyDictionary<string, string>, CancellationToken, IAsyncEnumerable<SourcePage>> read, CancellationToken cancellationToken)
    {
        var loaded = PipelineState.Load(_options.StateFile, _plan.Destinations.Count);
        using var office = DeadLetterOffice.Open(_kinesis, _plan.DeadLetter, loaded.Positions);
        await using var outlets = new OutletSet(_plan, _kinesis, _firehose);
        await new StatefulRun(_plan, _options.StateFile, loaded, outlets, office, tally, _time).PumpAsync(read(loaded.Positions, cancellationToken), cancellationToken);
    }

    private IAsyncEnumerable<ConsumedRecord> Consume(IReadOnlyDictionary<string, string> positions, CancellationToken cancellationToken) =>
        new Consumer(_kinesis, _plan.Source.Stream, new ConsumerOptions
        {
            From = _plan.Source.From,
            Checkpoints = new LoadedCheckpoints(positions),
            Follow = _options.Follow,
        }).ReadAsync(cancellationToken);

    private async Task SaveAsync(PipelineRun run)
    {
        if (_options.Checkpoints is not { } store || run.Checkpoints.TakeChanged() is not { } checkpoints)
            return;
        await store.SaveAsync(checkpoints, CancellationToken.None);
        run.Tally.CountSaved();
    }

    /// <summary>Saves checkpoints beside the records' way, so that neither holds the other up.</summary>
    private async Task SaveRegularlyAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await SaveAsync(run);
        }
        catch (IOException e)
        {
            run.Fail(e);
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task ReportAsync(PipelineTally tally, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                progress?.Report(tally.Snapshot());
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }
}
