using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>One sequence of PutRecords calls, never two at once.</summary>
internal sealed class ProducerLane
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Small records that go into one batch's aggregates; what the format adds to each stays small beside the API's bytes.</summary>
    private const int MaxPackedRecords = 100_000;

    private readonly Channel<ProducerItem> _items = Channel.CreateUnbounded<ProducerItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly ProducerOptions _options;
    private readonly BufferGate _gate;
    private readonly RecordPacking? _packing;
    private readonly OutageRetry _retry;
    private readonly Task _running;

    // What a numbering producer could not put: nothing may overtake it.
    private Exception? _lost;

    public ProducerLane(KinesisClient client, string stream, ProducerOptions options, BufferGate gate)
    {
        (_client, _stream, _options, _gate) = (client, stream, options, gate);
        _packing = options.Aggregate ? new RecordPacking(new ShardPrediction(client, stream), options.MaxAggregateBytes) : null;
        _retry = new OutageRetry(client.Time, options.RetryFor);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether the service took the records' numbers; null until it has answered.</summary>
    public bool? TakesNumbers { get; private set; }

    private bool IsNumbering => _options.Name is not null;

    public bool TryAdd(ProducerItem item) => _items.Writer.TryWrite(item);

    public Task CompleteAsync()
    {
        _items.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync()
    {
        var batch = new List<ProducerItem>(_options.MaxBatchRecords);
        while (await _items.Reader.WaitToReadAsync())
        {
            var flush = await GatherAsync(batch);
            if (batch.Count > 0)
                await SendAsync(batch);
            batch.Clear();
            flush?.Completion.TrySetResult(null);
        }
        _packing?.Dispose();
    }

    /// <summary>Fills a batch until it is full, lingered long enough, or meets a flush's mark, which it returns.</summary>
    private async Task<ProducerItem?> GatherAsync(List<ProducerItem> batch)
    {
        using var linger = new CancellationTokenSource(_options.Linger, _client.Time);
        var bytes = 0;
        var most = _packing is null ? _options.MaxBatchRecords : MaxPackedRecords;
        while (batch.Count < most)
        {
            if (!_items.Reader.TryPeek(out var item))
            {
                if (!await MoreAsync(linger.Token))
                    break;
                continue;
            }
            if (batch.Count > 0 && bytes + item.Bytes > _options.MaxBatchBytes)
                break;
            _items.Reader.TryRead(out _);
            if (item.Record is null)
                return item;
            bytes += item.Bytes;
            batch.Add(item);
        }
        return null;
    }

    private async Task<bool> MoreAsync(CancellationToken linger)
    {
        try
        {
            return await _items.Reader.WaitToReadAsync(linger);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Puts a batch, as it is or packed, one call after another.</summary>
    private async Task SendAsync(List<ProducerItem> batch)
    {
        List<WireRecord> records;
        try
        {
            records = await PackAsync(batch);
        }
        catch (Exception e)
        {
            Fail([.. batch.Select(static item => new WireRecord(item.Record!, [item]))], e);
            return;
        }
        for (var at = 0; at < records.Count; at += _options.MaxBatchRecords)
            await SendCallAsync(records.GetRange(at, Math.Min(_options.MaxBatchRecords, records.Count - at)));
    }

    private async Task<List<WireRecord>> PackAsync(List<ProducerItem> batch)
    {
        if (_packing is not null)
        {
            var packed = await _retry.RunAsync(() => _packing.PackAsync(batch, CancellationToken.None), CancellationToken.None);
            // The aggregates of a numbering producer share one number, and so one call.
            if (!IsNumbering || packed.Count <= _options.MaxBatchRecords)
                return packed;
        }
        return [.. batch.Select(static item => new WireRecord(item.Record!, [item]))];
    }

    /// <summary>Puts records, and again what failed of them, until every record has ended one way or the other.</summary>
    private async Task SendCallAsync(IReadOnlyList<WireRecord> open)
    {
        var backoff = new Backoff(_client.Time, FirstWait, LongestWait);
        var since = _client.Time.GetTimestamp();
        var invocation = new Invocation();
        var numbering = IsNumbering ? new BatchNumbers(_options.Name!, open) : null;
        while (open.Count > 0)
        {
            Exception failure;
            try
            {
                if (_lost is not null)
                    throw new InvalidOperationException($"an earlier record of producer {_options.Name} was not written, and none may overtake it", _lost);
                var result = await _client.PutRecordsAsync(_stream, [.. open.Select(static record => record.Entry)], invocation, CancellationToken.None, numbering?.Of(open));
                (var left, failure) = Settle(open, result);
                if (left.Count < open.Count)
                    since = _client.Time.GetTimestamp();
                // The service has answered for these records; what is put next is another call.
                open = left;
                invocation = new Invocation();
            }
            catch (Exception e) when (e is EndpointUnreachableException or KinesisException { IsThrottling: true } or KinesisException { IsTransient: true })
            {
                failure = e;
            }
            catch (Exception e)
            {
                // Whatever it was, no record may wait for ever.
                Fail(open, e);
                return;
            }
            if (open.Count == 0)
                return;
            if (_client.Time.GetElapsedTime(since) >= _options.RetryFor)
            {
                Fail(open, failure);
                return;
            }
            await backoff.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends the records whose fate is sealed; returns those to put again, in their order, and why.</summary>
    private (List<WireRecord> Left, Exception Failure) Settle(IReadOnlyList<WireRecord> open, PutRecordsResult result)
    {
        if (result.Results.Count != open.Count)
            throw new InvalidDataException($"the service answered {result.Results.Count} results to {open.Count} records");
        if (IsNumbering)
            TakesNumbers = result.TakesNumbers;
        var left = new List<WireRecord>();
        Exception failure = new InvalidDataException("the service answered no sequence number");
        for (var i = 0; i < open.Count; i++)
        {
            var entry = result.Results[i];
            if (entry is { ShardId: { } shardId, SequenceNumber: { } sequenceNumber, ErrorCode: null })
            {
                _packing?.Observe(open[i], shardId);
                Complete(open[i], new ProducedRecord(shardId, sequenceNumber) { WasCommitted = i < result.Dropped });
                continue;
            }
            failure = new KinesisException(
                entry.ErrorCode ?? "InternalFailure", entry.ErrorMessage ?? "the record was not written",
                System.Net.HttpStatusCode.OK, requestId: null);
            left.Add(open[i]);
        }
        return (left, failure);
    }

    private void Complete(WireRecord record, ProducedRecord place)
    {
        _gate.Leave(record.Bytes);
        for (var i = 0; i < record.Items.Count; i++)
            record.Items[i].Completion.TrySetResult(record.IsAggregate ? place with { SubSequenceNumber = i } : place);
    }

    private void Fail(IReadOnlyList<WireRecord> records, Exception failure)
    {
        if (IsNumbering)
            _lost ??= failure;
        foreach (var record in records)
        {
            _gate.Leave(record.Bytes);
            foreach (var item in record.Items)
                item.Completion.TrySetException(failure);
        }
    }
}
