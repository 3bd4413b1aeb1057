using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>One sequence of PutRecords calls, never two at once.</summary>
internal sealed class ProducerLane
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Channel<ProducerItem> _items = Channel.CreateUnbounded<ProducerItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly ProducerOptions _options;
    private readonly BufferGate _gate;
    private readonly Task _running;

    public ProducerLane(KinesisClient client, string stream, ProducerOptions options, BufferGate gate)
    {
        (_client, _stream, _options, _gate) = (client, stream, options, gate);
        _running = Task.Run(RunAsync);
    }

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
    }

    /// <summary>Fills a batch until it is full, lingered long enough, or meets a flush's mark, which it returns.</summary>
    private async Task<ProducerItem?> GatherAsync(List<ProducerItem> batch)
    {
        using var linger = new CancellationTokenSource(_options.Linger, _client.Time);
        var bytes = 0;
        while (batch.Count < _options.MaxBatchRecords)
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

    /// <summary>Puts a batch, and again what failed of it, until every record has ended one way or the other.</summary>
    private async Task SendAsync(List<ProducerItem> batch)
    {
        IReadOnlyList<ProducerItem> open = [.. batch];
        var backoff = new Backoff(_client.Time, FirstWait, LongestWait);
        var since = _client.Time.GetTimestamp();
        var invocation = new Invocation();
        while (open.Count > 0)
        {
            Exception failure;
            try
            {
                var result = await _client.PutRecordsAsync(_stream, [.. open.Select(item => item.Record!)], invocation, CancellationToken.None);
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
    private (List<ProducerItem> Left, Exception Failure) Settle(IReadOnlyList<ProducerItem> open, PutRecordsResult result)
    {
        if (result.Results.Count != open.Count)
            throw new InvalidDataException($"the service answered {result.Results.Count} results to {open.Count} records");
        var left = new List<ProducerItem>();
        Exception failure = new InvalidDataException("the service answered no sequence number");
        for (var i = 0; i < open.Count; i++)
        {
            var entry = result.Results[i];
            if (entry is { ShardId: { } shardId, SequenceNumber: { } sequenceNumber, ErrorCode: null })
            {
                _gate.Leave(open[i].Bytes);
                open[i].Completion.TrySetResult(new ProducedRecord(shardId, sequenceNumber));
                continue;
            }
            failure = new KinesisException(
                entry.ErrorCode ?? "InternalFailure", entry.ErrorMessage ?? "the record was not written",
                System.Net.HttpStatusCode.OK, requestId: null);
            left.Add(open[i]);
        }
        return (left, failure);
    }

    private void Fail(IReadOnlyList<ProducerItem> items, Exception failure)
    {
        foreach (var item in items)
        {
            _gate.Leave(item.Bytes);
            item.Completion.TrySetException(failure);
        }
    }
}
