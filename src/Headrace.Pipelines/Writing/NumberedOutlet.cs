using System.Net;
using System.Threading.Channels;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// A data stream that takes each number of a producer once. One call is under way at a time, and whatever is repeated, by this run or by
/// one after a crash, the service drops: so each output is there once.
/// </summary>
internal sealed class NumberedOutlet : IOutlet
{
    private const int MaxRecords = 500;

    /// <summary>Half of what a call may hold, which leaves room for keys.</summary>
    private const int MaxBytes = 5 * 1024 * 1024;

    private const int WaitingShares = 16;

    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly string _producer;
    private readonly long _standing;
    private readonly Channel<SharePutting> _waiting =
        Channel.CreateBounded<SharePutting>(new BoundedChannelOptions(WaitingShares) { SingleReader = true, SingleWriter = true });
    private readonly List<(SharePutting Share, RoutedOutput Output)> _batch = new(MaxRecords);
    private readonly Task _running;
    private long _highest = OutputNumber.None;
    private Exception? _failure;

    /// <param name="client">Where the stream is.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="producer">Under whose name the outputs are numbered.</param>
    /// <param name="standing">The highest number that the stream has of it.</param>
    public NumberedOutlet(KinesisClient client, string stream, string producer, long standing)
    {
        (_client, _stream, _producer, _standing) = (client, stream, producer, standing);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        foreach (var output in share.Outputs)
        {
            // Behind a higher number this one would be dropped, and nobody would notice.
            if (output.Number <= _highest)
                throw new InvalidOperationException($"output {output.Number} of {_producer} comes behind {_highest}");
            _highest = output.Number;
        }
        var putting = new SharePutting(share);
        await _waiting.Writer.WriteAsync(putting, cancellationToken);
        return putting.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
    }

    /// <summary>Never fails itself: after a failure nothing more is put, and every share fails with it.</summary>
    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            try
            {
                Gather();
                await PutBatchAsync();
            }
            catch (Exception e)
            {
                _failure = e;
                foreach (var (share, _) in _batch)
                    share.Fail(e);
            }
        }
    }

    /// <summary>Fills a batch from the shares that wait, one after the other; what the stream has already is done at once.</summary>
    private void Gather()
    {
        _batch.Clear();
        var bytes = 0;
        while (_batch.Count < MaxRecords && bytes < MaxBytes && _waiting.Reader.TryPeek(out var share))
        {
            if (_failure is not null)
            {
                share.Fail(_failure);
                _waiting.Reader.TryRead(out _);
                continue;
            }
            while (share.TryPeek(out var output))
            {
                if (output.Number <= _standing)
                {
                    share.TakeRepeated();
                    continue;
                }
                if (_batch.Count > 0 && (_batch.Count == MaxRecords || bytes + output.Json.Length > MaxBytes))
                    return;
                share.Take();
                _batch.Add((share, output));
                bytes += output.Json.Length;
            }
            _waiting.Reader.TryRead(out _);
        }
    }

    private async Task PutBatchAsync()
    {
        var patience = new Patience();
        var most = MaxRecords;
        for (var from = 0; from < _batch.Count;)
        {
            var count = Math.Min(most, _batch.Count - from);
            try
            {
                var result = await PutAsync(from, count);
                var taken = Settle(from, result);
                from += taken;
                if (taken == count)
                    patience.Refresh();
                else
                    await patience.WaitAsync(FailureOf(result.Results[taken]), CancellationToken.None);
            }
            catch (KinesisException e) when (Refusal.IsOfRecord(e))
            {
                // One record fails its whole call: halves find it.
                most = Math.Max(1, count / 2);
                if (count > 1)
                    continue;
                var (share, output) = _batch[from++];
                await share.RefuseAsync(output, e.Message);
                most = MaxRecords;
            }
            catch (Exception e) when (Patience.MayPass(e))
            {
                await patience.WaitAsync(e, CancellationToken.None);
            }
        }
    }

    private Task<PutRecordsResult> PutAsync(int from, int count)
    {
        var records = new PutRecordsEntry[count];
        var numbers = new long[count];
        for (var i = 0; i < count; i++)
        {
            var output = _batch[from + i].Output;
            records[i] = new PutRecordsEntry(output.Json, output.PartitionKey);
            numbers[i] = output.Number;
        }
        return _client.PutRecordsAsync(_stream, records, new RecordNumbers(_producer, numbers), CancellationToken.None);
    }

    /// <summary>Ends the outputs that are durable: those before the first that was not taken. Returns how many.</summary>
    private int Settle(int from, PutRecordsResult result)
    {
        if (!result.TakesNumbers && result.FailedRecordCount < result.Results.Count)
            throw new PipelineException($"stream {_stream} took records without their numbers, so they may be there twice: it is not where it was");
        var taken = 0;
        for (; taken < result.Results.Count && result.Results[taken].ErrorCode is null; taken++)
            _batch[from + taken].Share.Settle(isRepeated: taken < result.Dropped);
        return taken;
    }

    private static KinesisException FailureOf(PutRecordsResultEntry entry) =>
        new(entry.ErrorCode ?? "InternalFailure", entry.ErrorMessage ?? "the record was not written", HttpStatusCode.OK, requestId: null);
}
