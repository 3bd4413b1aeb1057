using Headrace.Client;
using Headrace.Files;

namespace Headrace.Pipelines;

/// <summary>
/// Runs a pipeline. No record is lost: what can't go on becomes a dead letter, and a checkpoint only covers records that are durable
/// on the other side. A run that is stopped or killed works on what was under way again; a Headrace server knows by their numbers which
/// outputs it has, and takes each once (docs/decisions/0013-outputs-are-numbered-by-their-source.md).
/// </summary>
public sealed class PipelineRunner
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>More than the library's own three, so that shards change hands soon after the failover time.</summary>
    private const int HeartbeatsPerFailover = 6;

    /// <summary>What a cancelled run may take to see its writes through; they are repeated by the next run otherwise.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

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
        RunAsync((positions, stop) => SourcePages.ReadAsync(Consume(positions, stop), _options.Limit, stop), isReplay: false, progress, cancellationToken);

    /// <summary>
    /// Sends the dead letters of a file through the steps and routes again, whether they have been sent before or not. Those that fail again
    /// are dead letters again.
    /// </summary>
    /// <param name="path">The letters, one a line.</param>
    /// <param name="progress">Told a few times a second while records move.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<PipelineProgress> ReplayAsync(string path, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync((_, stop) => LetterPages.ReadAsync(path, stop), isReplay: true, progress, cancellationToken);

    private async Task<PipelineProgress> RunAsync(
        Func<IReadOnlyDictionary<string, string>, CancellationToken, IAsyncEnumerable<SourcePage>> read, bool isReplay, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        var tally = new PipelineTally(_plan.Destinations.Select(destination => destination.Name), _time);
        if (_options.Limit is <= 0)
            return tally.Snapshot();
        using var meter = new PipelineMeter(_plan, tally);
        using var quiet = new CancellationTokenSource();
        var watching = ReportAsync(tally, progress, quiet.Token);
        try
        {
            // What is replayed is sent because somebody wants it sent, so it has no numbers.
            var names = isReplay ? null : new ProducerNames(_plan, (await _kinesis.DescribeStreamSummaryAsync(_plan.Source.Stream, cancellationToken)).CreatedAt);
            await (_plan.IsStateful ? RunStatefulAsync(tally, read, names, cancellationToken)
                : _options.Leases is { } leases && !isReplay ? RunSharedAsync(tally, leases, names, cancellationToken)
                : RunAloneAsync(tally, read, names, cancellationToken));
        }
        finally
        {
            await quiet.CancelAsync();
            await watching;
            progress?.Report(tally.Snapshot());
        }
        return tally.Snapshot();
    }

    private async Task RunAloneAsync(
        PipelineTally tally, Func<IReadOnlyDictionary<string, string>, CancellationToken, IAsyncEnumerable<SourcePage>> read, ProducerNames? names, CancellationToken cancellationToken)
    {
        var loaded = _options.Checkpoints is { } store ? await store.LoadAsync(cancellationToken) : new Dictionary<string, string>(StringComparer.Ordinal);
        using var office = DeadLetterOffice.Open(_kinesis, _options.Objects, _plan.DeadLetter, loaded, names);
        using var work = new PipelineWork(_plan, office, tally);
        await using var run = new PipelineRun(work, shard => Open(names, shard, ""), loaded);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var quiet = new CancellationTokenSource();
        var saving = SaveRegularlyAsync(run, tally, quiet.Token);
        try
        {
            await run.PumpAsync(read(loaded, stop.Token), stop, cancellationToken);
        }
        finally
        {
            await quiet.CancelAsync();
            await saving;
            await SaveAsync(run, tally);
        }
    }

    /// <summary>As one of a group: the source's shards are shared by leases, and a shard's checkpoint is part of its lease.</summary>
    private async Task RunSharedAsync(PipelineTally tally, ILeaseStore leases, ProducerNames? names, CancellationToken cancellationToken)
    {
        using var office = DeadLetterOffice.Open(_kinesis, _options.Objects, _plan.DeadLetter, new Dictionary<string, string>(StringComparer.Ordinal), names);
        using var work = new PipelineWork(_plan, office, tally);
        await using var run = new GroupRun(work, shard => Open(names, shard, ""), _options.Limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Stopping);
        try
        {
            await new Worker(_kinesis, _plan.Source.Stream, leases, run.ProcessorOf, WorkerOptions()).RunAsync(stop.Token);
        }
        catch (LimitReachedException)
        {
            // As it was told.
        }
        run.ThrowIfFailed();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private WorkerOptions WorkerOptions() => new()
    {
        WorkerId = _options.WorkerId,
        From = _plan.Source.From,
        Follow = _options.Follow,
        FailoverTime = _options.FailoverTime,
        HeartbeatInterval = _options.FailoverTime / HeartbeatsPerFailover,
        ShutdownTimeout = Farewell,
        MaxRecordsPerCall = SourcePages.MaxRecords,
        Retrieval = _plan.Source.Retrieval,
        ConsumerName = ConsumerNames.Of(_plan),
        Logger = _options.Logger,
    };

    private async Task RunStatefulAsync(
        PipelineTally tally, Func<IReadOnlyDictionary<string, string>, CancellationToken, IAsyncEnumerable<SourcePage>> read, ProducerNames? names, CancellationToken cancellationToken)
    {
        using var turn = _options.StateFile is { } file ? await TakeTurnAsync(file, cancellationToken) : null;
        var loaded = PipelineState.Load(_options.StateFile, _plan.Destinations.Count);
        using var office = DeadLetterOffice.Open(_kinesis, _options.Objects, _plan.DeadLetter, loaded.Positions, names);
        await using var outlets = Open(names, "all", loaded.Epoch);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await new StatefulRun(_plan, _options.StateFile, loaded, outlets, office, tally, _time).PumpAsync(read(loaded.Positions, stop.Token), stop, cancellationToken);
    }

    /// <summary>One process at a time goes on from a state; the next one waits until it has ended, however it ends.</summary>
    private async Task<FileLock> TakeTurnAsync(string file, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file) + ".lock";
        LocalDisk.Instance.CreateDirectory(Path.GetDirectoryName(path)!);
        if (FileLock.TryTake(path) is { } taken)
            return taken;
        if (_options.Logger is { } log)
            RunLog.Waiting(log, _plan.StatefulStage!);
        return await FileLock.TakeAsync(path, cancellationToken);
    }

    /// <summary>Opens the destinations for what comes of one shard, or of all of them.</summary>
    private OutletSet Open(ProducerNames? names, string shard, string epoch) =>
        new(_plan, _kinesis, _firehose, _options.Objects, names is null ? null : destination => names.Of(shard, $"destination/{epoch}/{destination}"));

    private IAsyncEnumerable<ConsumedRecord> Consume(IReadOnlyDictionary<string, string> positions, CancellationToken cancellationToken) =>
        new Consumer(_kinesis, _plan.Source.Stream, new ConsumerOptions
        {
            From = _plan.Source.From,
            Checkpoints = new LoadedCheckpoints(positions),
            Follow = _options.Follow,
            // A page at a time, so that little waits in memory.
            MaxRecordsPerCall = SourcePages.MaxRecords,
            Deaggregate = true,
        }).ReadAsync(cancellationToken);

    private async Task SaveAsync(PipelineRun run, PipelineTally tally)
    {
        if (_options.Checkpoints is not { } store || run.Checkpoints.TakeChanged() is not { } checkpoints)
            return;
        await store.SaveAsync(checkpoints, CancellationToken.None);
        tally.CountSaved();
    }

    /// <summary>Saves checkpoints beside the records' way, so that neither holds the other up.</summary>
    private async Task SaveRegularlyAsync(PipelineRun run, PipelineTally tally, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await SaveAsync(run, tally);
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
