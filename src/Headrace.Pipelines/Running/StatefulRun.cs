using System.Buffers;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>
/// One run of a pipeline whose steps remember. All shards' pages pass one after the other through the same steps; from time to time
/// positions, state and what came out are saved together, and only then does it leave, under numbers that are saved too. So a restart
/// counts nothing twice, and what it sends again is dropped where it has arrived.
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
    private readonly List<RoutedOutput> _outputs = [];
    private readonly List<(long Number, Message Message, RecordFault Fault)> _failed = [];
    private readonly List<DeadLetter> _letters = [];
    private readonly PipelineState _loaded;
    private PipelineState? _sent;
    private int _outboxBytes;
    private long _next;

    public StatefulRun(PipelinePlan plan, string? path, PipelineState loaded, OutletSet outlets, IDeadLetterOffice office, PipelineTally tally, TimeProvider time)
    {
        (_plan, _path, _loaded, _outlets, _office, Tally, _time) = (plan, path, loaded, outlets, office, tally, time);
        _positions = new Dictionary<string, string>(loaded.Positions, StringComparer.Ordinal);
        _next = loaded.Next;
    }

    public PipelineTally Tally { get; }

    /// <summary>Moves pages until the source ends or it is cancelled; all that was saved has then left.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="stop">Ends the pages.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task PumpAsync(IAsyncEnumerable<SourcePage> pages, CancellationTokenSource stop, CancellationToken cancellationToken)
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
            await MoveAsync(work, pages, stop, cancellationToken);
        }
        finally
        {
            // What has arrived is not sent again by the next run.
            if (_path is not null && _sent is { Outbox.IsEmpty: false })
                (_sent with { Outbox = new Outbox([], []) }).Save(_path, _plan.Destinations.Count);
        }
    }

    private async Task MoveAsync(PageWork work, IAsyncEnumerable<SourcePage> pages, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        await using var source = pages.GetAsyncEnumerator(stop.Token);
        Task<bool> next = Task.FromResult(true);
        try
        {
            var saved = _time.GetTimestamp();
            var isSaved = true;
            while (true)
            {
                next = source.MoveNextAsync().AsTask();
                // What came out does not wait for more to come.
                if (!isSaved && !await ComesWithinAsync(next, SaveEvery - _time.GetElapsedTime(saved), cancellationToken))
                {
                    await CommitAsync(work, cancellationToken);
                    (saved, isSaved) = (_time.GetTimestamp(), true);
                }
                if (!await next)
                    break;
                var page = source.Current;
                Tally.CountRead(page);
                Take(page, await work.RunAsync(page, cancellationToken));
                _positions[page.ShardId] = page.LastCheckpoint;
                isSaved = false;
                if (_time.GetElapsedTime(saved) < SaveEvery && _outboxBytes < MaxOutboxBytes)
                    continue;
                await CommitAsync(work, cancellationToken);
                (saved, isSaved) = (_time.GetTimestamp(), true);
            }
        }
        finally
        {
            // A source is not left while it is asked.
            if (!next.IsCompleted)
                await stop.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        Take(new SourcePage("", []), await work.EndAsync(cancellationToken));
        await CommitAsync(work, cancellationToken);
    }

    private async Task<bool> ComesWithinAsync(Task next, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (!next.IsCompleted && wait > TimeSpan.Zero)
            await Task.WhenAny(next, Task.Delay(wait, _time, cancellationToken));
        return next.IsCompleted;
    }

    /// <summary>Keeps what came of a page. Its outputs may come of many records and pages, so they are numbered as they come out.</summary>
    private void Take(SourcePage page, PageResult result)
    {
        Tally.CountSteps(result.Transformed, result.Dropped);
        _letters.AddRange(DeadLetterMaking.OfRecords(_plan, page, result));
        foreach (var (message, fault) in result.OrphanFaults)
            _failed.Add((_next++, message, fault));
        foreach (var output in result.Outputs)
        {
            _outputs.Add(output with { Number = _next++ });
            _outboxBytes += output.Json.Length;
        }
    }

    private async Task CommitAsync(PageWork work, CancellationToken cancellationToken)
    {
        // Letters of records first: their place in the source tells them apart, so that none is there twice when they are posted again.
        if (_letters.Count > 0)
        {
            await PostAsync(_letters, cancellationToken);
            _letters.Clear();
        }
        if (_failed.Count > 0)
            DeadLetterMaking.StopIfAsked(_plan, [.. Letters(_failed)]);
        // From here to the end of sending nobody knows what has arrived.
        _sent = null;
        var state = Save(work);
        await SendAsync(state.Outbox, cancellationToken);
        _sent = state;
        _outputs.Clear();
        _failed.Clear();
        _outboxBytes = 0;
    }

    private PipelineState Save(PageWork work)
    {
        var steps = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(steps))
            work.Save(writer);
        var positions = new Dictionary<string, string>(_positions, StringComparer.Ordinal);
        var state = new PipelineState(_loaded.Epoch, _next, positions, steps.WrittenMemory, new Outbox([.. _outputs], [.. _failed]));
        if (_path is null)
            return state;
        state.Save(_path, _plan.Destinations.Count);
        Tally.CountSaved();
        return state;
    }

    private async Task SendAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        if (outbox.Failed.Count > 0)
            await PostAsync([.. Letters(outbox.Failed)], cancellationToken);
        var sent = await _outlets.SendAsync(
            outbox.Outputs, refused => PostAsync([DeadLetterMaking.OfRefused(_plan, null, refused, _loaded.Epoch)], cancellationToken), cancellationToken);
        _outlets.Flush();
        foreach (var (destination, count, settled) in sent)
            Tally.CountRouted(destination, count, await settled.WaitAsync(cancellationToken));
    }

    private IEnumerable<DeadLetter> Letters(IEnumerable<(long Number, Message Message, RecordFault Fault)> failed) =>
        failed.Select(one => DeadLetterMaking.OfOrphan(_plan, (one.Message, one.Fault), _loaded.Epoch, one.Number));

    private async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        DeadLetterMaking.StopIfAsked(_plan, letters);
        await _office.PostAsync(letters, cancellationToken);
        Tally.CountDeadLettered(letters.Count);
    }
}
