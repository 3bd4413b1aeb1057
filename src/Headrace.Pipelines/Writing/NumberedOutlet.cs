using System.Net;
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

    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly string _producer;
    private readonly long _standing;
    private readonly WaitingShares _shares = new();
    private readonly Task _running;
    private long _highest = OutputNumber.None;

    /// <param name="client">Where the stream is.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="producer">Under whose name the outputs are numbered.</param>
    /// <param name="standing">The highest number that the stream has of it.</param>
    public NumberedOutlet(KinesisClient client, string stream, string producer, long standing)
    {
        (_client, _stream, _producer, _standing) = (client, stream, producer, standing);
        _running = Task.Run(() => _shares.RunAsync(PutBatchAsync));
    }

    public ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        foreach (var output in share.Outputs)
        {
            // Behind a higher number this one would be dropped, and nobody would notice.
            if (output.Number <= _highest)
                throw new InvalidOperationException($"output {output.Number} of {_producer} comes behind {_highest}");
            _highest = output.Number;
        }
        return _shares.SendAsync(share, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _shares.Complete();
        await _running;
    }

    private async Task PutBatchAsync()
    {
        _shares.Take(_standing, MaxRecords, MaxBytes);
        var patience = new Patience();
        var most = MaxRecords;
        while (_shares.Count > 0)
        {
            var count = Math.Min(most, _shares.Count);
            try
            {
                var result = await PutAsync(count);
                var taken = Settle(result);
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
                await _shares.RefuseAsync(e.Message);
                most = MaxRecords;
            }
            catch (Exception e) when (Patience.MayPass(e))
            {
                await patience.WaitAsync(e, CancellationToken.None);
            }
        }
    }

    private Task<PutRecordsResult> PutAsync(int count)
    {
        var records = new PutRecordsEntry[count];
        var numbers = new long[count];
        for (var i = 0; i < count; i++)
        {
            var output = _shares[i];
            records[i] = new PutRecordsEntry(output.Json, output.PartitionKey);
            numbers[i] = output.Number;
        }
        return _client.PutRecordsAsync(_stream, records, new RecordNumbers(_producer, numbers), CancellationToken.None);
    }

    /// <summary>Ends the outputs that are durable: those before the first that was not taken. Returns how many.</summary>
    private int Settle(PutRecordsResult result)
    {
        if (!result.TakesNumbers && result.FailedRecordCount < result.Results.Count)
            throw new PipelineException($"stream {_stream} took records without their numbers, so they may be there twice: it is not where it was");
        var taken = 0;
        while (taken < result.Results.Count && result.Results[taken].ErrorCode is null)
            taken++;
        _shares.Settle(taken, repeated: result.Dropped);
        return taken;
    }

    private static KinesisException FailureOf(PutRecordsResultEntry entry) =>
        new(entry.ErrorCode ?? "InternalFailure", entry.ErrorMessage ?? "the record was not written", HttpStatusCode.OK, requestId: null);
}
