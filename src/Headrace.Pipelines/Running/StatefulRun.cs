using System.Buffers;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>
/// One run of a pipeline whose steps remember. All shards' pages pass one after the other through the same steps; from time to time
/// positions, state and what came out are saved together, and only then does it leave. So a restart counts nothing twice, and sends
/// again what may not have arrived.
/// </summary>
internal sealed class StatefulRun
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMilliseconds(250);
    private const int MaxOutboxBytes = 8 * 1024 * 1024;

    private readonly PipelinePlan _plan;
    private readonly string? _path;
    private readonly OutletSet _outlets;
    private readonly IDeadLetterOffice _office;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _positions;
    private readonly List<RoutedOutput> _outbox = [];
    private readonly List<DeadLetter> _letters = [];
    private readonly PipelineState _loaded;
    private PipelineState? _sent;
    private int _outboxBytes;

    public StatefulRun(PipelinePlan plan, string? path, PipelineState loaded, OutletSet outlets, IDeadLetterOffice office, PipelineTally tally, TimeProvider time)
    {
        (_plan, _path, _loaded, _outlets, _office, Tally, _time) = (plan, path, loaded, outlets, office, tally, time);
        _positions = new Dictionary<string, string>(loaded.Positions, StringComparer.Ordinal);
    }

    public PipelineTally Tally { get; }

    /// <summary>Moves pages until the source ends or it is cancelled; all that was saved has then left.</summary>
    public async Task PumpAsync(IAsyncEnumerable<SourcePage> pages, CancellationToken cancellationToken)
    {
        using var work = new PageWork(_plan);
        if (!_loaded.Steps.IsEmpty)
        {
            using var state = JsonDocument.Parse(_loaded.Steps);
            work.Load(state.RootElement);
        }
        await SendAsync(_loaded.Outbox, cancellationToken);
        _sent = _loaded;
        try
        {
            await MoveAsync(work, pages, cancellationToken);
        }
        finally
        {
            // What has arrived is not sent again by the next run.
            if (_path is not null && _sent is { Outbox.Count: > 0 })
                (_sent with { Outbox = [] }).Save(_path, _plan.Destinations.Count);
        }
    }

    private async Task MoveAsync(PageWork work, IAsyncEnumerable<SourcePage> pages, CancellationToken cancellationToken)
    {
        var saved = _time.GetTimestamp();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            Tally.CountRead(page);
            Take(page, await work.RunAsync(page, cancellationToken));
            _positions[page.ShardId] = page.LastSequenceNumber;
            if (_time.GetElapsedTime(saved) < SaveEvery && _outboxBytes < MaxOutboxBytes)
                continue;
            await CommitAsync(work, cancellationToken);
            saved = _time.GetTimestamp();
        }
        Take(new SourcePage("", []), await work.EndAsync(cancellationToken));
        await CommitAsync(work, cancellationToken);
    }

    private void Take(SourcePage page, PageResult result)
    {
        Tally.CountSteps(result.Transformed, result.Dropped);
        _letters.AddRange(DeadLetterMaking.Letters(_plan, page, result));
        foreach (var output in result.Outputs)
        {
            _outbox.Add(output);
            _outboxBytes += output.Json.Length;
        }
    }

    private async Task CommitAsync(PageWork work, CancellationToken cancellationToken)
    {
        // Letters first: the file knows which it has, so that none is there twice when they are posted again.
        if (_letters.Count > 0)
        {
            DeadLetterMaking.StopIfAsked(_plan, _letters);
            await _office.PostAsync(_letters, cancellationToken);
            Tally.CountDeadLettered(_letters.Count);
            _letters.Clear();
        }
        // From here to the end of sending nobody knows what has arrived.
        _sent = null;
        var state = Save(work);
        await SendAsync(state.Outbox, cancellationToken);
        _sent = state;
        _outbox.Clear();
        _outboxBytes = 0;
    }

    private PipelineState Save(PageWork work)
    {
        var steps = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(steps))
            work.Save(writer);
        var state = new PipelineState(new Dictionary<string, string>(_positions, StringComparer.Ordinal), steps.WrittenMemory, [.. _outbox]);
        if (_path is null)
            return state;
        state.Save(_path, _plan.Destinations.Count);
        Tally.CountSaved();
        return state;
    }

    private async Task SendAsync(IReadOnlyList<RoutedOutput> outputs, CancellationToken cancellationToken)
    {
        foreach (var (destination, count, settled) in await _outlets.SendAsync(outputs, cancellationToken))
        {
            var refused = await settled;
            Tally.CountRouted(destination, count - refused.Count);
            if (refused.Count == 0)
                continue;
            await _office.PostAsync([.. refused.Select(one => DeadLetterMaking.Refused(_plan, null, one))], cancellationToken);
            Tally.CountDeadLettered(refused.Count);
        }
    }
}
