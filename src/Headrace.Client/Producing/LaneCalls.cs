using System.Net;

namespace Headrace.Client;

/// <summary>Puts a lane's records, and again what failed of them, until each has ended one way or the other. One lane's; not thread-safe.</summary>
internal sealed class LaneCalls(
    KinesisClient client, string stream, ProducerOptions options, BufferGate gate, PostedRecords posted, ShardPrediction? shards, ShardPace? pace, OutageRetry retry) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly PutRecordsCall _call = new(client.RecordFormat);
    private readonly List<WireRecord> _open = [];
    private readonly List<WireRecord> _left = [];
    private readonly PacedRecords? _paced = pace is null ? null : new PacedRecords(pace, shards!, client.Time, keepsOrder: options.Name is not null);
    private readonly KeyValuePair<string, object?> _streamTag = new("aws.kinesis.stream_name", stream);

    // What a numbering producer could not put: nothing may overtake it.
    private Exception? _lost;

    /// <summary>Whether the service took the records' numbers; null until it has answered.</summary>
    public bool? TakesNumbers { get; private set; }

    private bool IsNumbering => options.Name is not null;

    /// <summary>The service turned out not to know the format of the body, so that it is to be written anew.</summary>
    private bool IsOutOfFormat => _call.Body.Format == BodyFormat.Cbor && client.RecordFormat == BodyFormat.Json;

    /// <summary>Sees some of a batch's records through; never fails itself.</summary>
    public async Task SendAsync(WireBatch batch, int first, int count)
    {
        _open.Clear();
        _open.AddRange(batch.Records.GetRange(first, count));
        var numbering = IsNumbering ? new BatchNumbers(options.Name!, batch, _open) : null;
        var backoff = new Backoff(client.Time, FirstWait, LongestWait);
        var since = client.Time.GetTimestamp();
        var isNew = true;
        while (_open.Count > 0)
        {
            Exception? failure;
            try
            {
                if (_lost is not null)
                    throw new InvalidOperationException($"an earlier record of producer {options.Name} was not written, and none may overtake it", _lost);
                if (isNew || IsOutOfFormat)
                    await BeginAsync(batch, numbering);
                isNew = false;
                await client.AttemptAsync(_call, CancellationToken.None);
                failure = Settle(batch, out var isProgress);
                // The service has answered for these records; what is put next is another call.
                isNew = true;
                if (isProgress)
                    since = client.Time.GetTimestamp();
            }
            catch (Exception e) when (IsPassing(e))
            {
                failure = e;
            }
            catch (Exception e)
            {
                // Whatever it was, no record may wait for ever.
                GiveUp(batch, e);
                return;
            }
            if (failure is null)
                continue;
            if (client.Time.GetElapsedTime(since) >= options.RetryFor)
            {
                GiveUp(batch, failure);
                return;
            }
            client.Log.RecordsPutAgain(_open.Count, stream, failure.Message);
            await backoff.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends records without success.</summary>
    public void Fail(WireBatch batch, List<WireRecord> records, Exception failure)
    {
        if (IsNumbering)
            _lost ??= failure;
        var (bytes, count) = (0L, 0);
        foreach (var record in records)
        {
            for (var i = record.First; i < record.First + record.Count; i++)
            {
                ref readonly var item = ref batch[i];
                bytes += item.BufferedBytes;
                count++;
                if (item.Completion is { } completion)
                    completion.TrySetException(failure);
                else
                    posted.Lose(item, failure);
            }
        }
        gate.Leave(bytes);
        client.Log.RecordsGivenUp(failure, count, stream);
        ClientTelemetry.RecordsFailed.Add(count, _streamTag);
    }

    public void Dispose() => _call.Dispose();

    /// <summary>Whether the same records may be taken when they are put again.</summary>
    private bool IsPassing(Exception failure) =>
        failure is EndpointUnreachableException || (failure is KinesisException refused && (refused.IsThrottling || refused.IsTransient || IsOutOfFormat));

    /// <summary>Writes the next call's body, with those of the records that their shards take now.</summary>
    private async Task BeginAsync(WireBatch batch, BatchNumbers? numbering)
    {
        if (_paced is not null)
        {
            await retry.RunAsync(
                async () =>
                {
                    await _paced.AdmitAsync(batch, _open, CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
        _call.Invocation = new Invocation();
        _call.Numbers = numbering?.Of(batch, _open);
        _call.KeepsSequenceNumbers = _open.Exists(static record => record.IsAwaited);
        _call.Begin(stream, client.RecordFormat);
        foreach (var record in _open)
        {
            ref readonly var item = ref batch.FirstOf(record);
            _call.Body.Add(batch.DataOf(record).Span, item.PartitionKey, item.ExplicitHashKey);
        }
        _call.Body.End();
    }

    /// <summary>Ends the records whose fate is sealed, keeps those to put again, in their order, and answers why; null: all that were sent are written.</summary>
    private Exception? Settle(WireBatch batch, out bool isProgress)
    {
        if (_call.Fates.Count != _open.Count)
            throw new InvalidDataException($"the service answered {_call.Fates.Count} results to {_open.Count} records");
        if (IsNumbering)
            TakesNumbers = _call.TakesNumbers;
        _left.Clear();
        Exception? failure = null;
        var (bytes, count) = (0L, 0);
        for (var i = 0; i < _open.Count; i++)
        {
            var (record, fate) = (_open[i], _call.Fates[i]);
            if (fate.IsWritten)
            {
                shards?.Observe(batch.FirstOf(record), fate.ShardId!);
                bytes += record.BufferedBytes;
                if (record.IsAwaited)
                    Complete(batch, record, new ProducedRecord(fate.ShardId!, fate.SequenceNumber!) { WasCommitted = i < _call.Dropped });
                count += record.Count;
                continue;
            }
            failure = ServiceError.Of(fate.ErrorCode ?? "InternalFailure", fate.ErrorMessage ?? "the record was not written", HttpStatusCode.OK, requestId: null);
            _left.Add(record);
        }
        gate.Leave(bytes);
        if (count > 0)
            ClientTelemetry.RecordsProduced.Add(count, _streamTag);
        if (_left.Count > 0)
            ClientTelemetry.RecordsRetried.Add(_left.Count, _streamTag);
        isProgress = _left.Count < _open.Count;
        _open.Clear();
        _open.AddRange(_left);
        _paced?.Return(_open);
        return failure;
    }

    private static void Complete(WireBatch batch, WireRecord record, ProducedRecord place)
    {
        for (var i = 0; i < record.Count; i++)
            batch[record.First + i].Completion?.TrySetResult(record.IsAggregate ? place with { SubSequenceNumber = i } : place);
    }

    private void GiveUp(WireBatch batch, Exception failure)
    {
        _paced?.Return(_open);
        Fail(batch, _open, failure);
        _open.Clear();
    }
}
