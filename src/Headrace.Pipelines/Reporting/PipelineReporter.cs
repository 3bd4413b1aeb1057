using System.Globalization;
using System.Security.Cryptography;
using Headrace.Client;
using Headrace.Client.Pipelines;

namespace Headrace.Pipelines;

/// <summary>
/// Tells a Headrace server each second how far a run is, so that its console shows it. It has a connection of its own and keeps only the
/// newest state, so it neither slows a run nor ends it: where nobody takes what it tells, nothing is told. On AWS it does nothing.
/// Thread-safe; one owner disposes it when the run has ended.
/// </summary>
public sealed class PipelineReporter : IProgress<PipelineProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of a run may wait for its last word.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly HeadraceClient? _server;
    private readonly PipelinePlan _plan;
    private readonly IProgress<PipelineProgress>? _further;
    private readonly string _worker = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _telling;
    private volatile PipelineProgress _latest = new(0, 0, 0, new Dictionary<string, long>(), 0, 0, null);
    private volatile bool _isUnknown;

    private PipelineReporter(ClientOptions options, PipelinePlan plan, IProgress<PipelineProgress>? further)
    {
        (_plan, _further) = (plan, further);
        if (!ClientEndpoint.IsAws(ClientEndpoint.Resolve("kinesis", options)))
            _server = new HeadraceClient(options with { MaxAttempts = 1, AttemptTimeout = LongestPause, LoggerFactory = null });
        _telling = _server is null ? Task.CompletedTask : TellAsync(_server, _stop.Token);
    }

    /// <summary>Begins to tell of a run.</summary>
    /// <param name="options">How the run's client reaches the server.</param>
    /// <param name="plan">What runs.</param>
    /// <param name="further">Who else is told of the progress that the run reports.</param>
    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public static PipelineReporter Start(ClientOptions options, PipelinePlan plan, IProgress<PipelineProgress>? further = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        return new PipelineReporter(options, plan, further);
    }

    /// <summary>Whether there is somebody to tell, as far as is known.</summary>
    internal bool Tells => _server is not null && !_isUnknown;

    /// <inheritdoc/>
    public void Report(PipelineProgress value)
    {
        _latest = value;
        _further?.Report(value);
    }

    /// <summary>Says that the run has ended, where that can be said at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _telling;
        if (_server is not null && !_isUnknown)
        {
            using var patience = new CancellationTokenSource(Farewell);
            await TryTellAsync(_server, isLast: true, patience.Token);
        }
        _server?.Dispose();
        _stop.Dispose();
    }

    private async Task TellAsync(HeadraceClient server, CancellationToken cancellationToken)
    {
        // Nothing of it on the thread that begins the run.
        await Task.Yield();
        for (var pause = Every; !_isUnknown;)
        {
            var isTold = await TryTellAsync(server, isLast: false, cancellationToken);
            pause = isTold ? Every : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 2));
            try
            {
                await Task.Delay(pause, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> TryTellAsync(HeadraceClient server, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await server.ReportPipelineAsync(RequestOf(_latest, isLast), cancellationToken);
            return true;
        }
        catch (KinesisException refusal) when (refusal.ErrorType.StartsWith("UnknownOperation", StringComparison.Ordinal))
        {
            // Another server than Headrace: it need not be asked again.
            _isUnknown = true;
            return false;
        }
        catch (Exception)
        {
            // Whatever keeps it from being told, the run goes on, and what happens to it is for the run to tell.
            return false;
        }
    }

    private ReportPipelineRequest RequestOf(PipelineProgress progress, bool isLast) => new()
    {
        Pipeline = _plan.Name,
        Group = _plan.Source.Group,
        Worker = _worker,
        SourceStream = _plan.Source.Stream,
        DeadLetters = _plan.DeadLetter,
        Read = progress.Read,
        Transformed = progress.Transformed,
        Dropped = progress.Dropped,
        DeadLettered = progress.DeadLettered,
        Repeated = progress.Repeated,
        MillisBehindLatest = progress.MillisBehindLatest,
        CheckpointAgeMilliseconds = (long?)progress.CheckpointAge?.TotalMilliseconds,
        Routes =
        [
            .. _plan.Destinations.Select(destination => new PipelineRouteCount
            {
                Name = destination.Name,
                StreamName = destination.Stream,
                DeliveryStreamName = destination.DeliveryStream,
                Records = progress.Routed.GetValueOrDefault(destination.Name),
            }),
        ],
        IsLast = isLast,
    };
}
