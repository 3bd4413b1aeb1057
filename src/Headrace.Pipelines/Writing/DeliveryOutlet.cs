using System.Net;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// A delivery stream as destination. Delivery keeps the order of calls, so each ends before the next begins. Firehose knows no numbers:
/// what was under way when a run was killed is there again.
/// </summary>
internal sealed class DeliveryOutlet(FirehoseClient client, string name) : IOutlet
{
    private const int MaxRecords = 500;
    private const int MaxBytes = 4 * 1024 * 1024;

    private Task _last = Task.CompletedTask;

    public ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        var sending = SendBehindAsync(_last, share, cancellationToken);
        _last = sending;
        return ValueTask.FromResult(sending);
    }

    public async ValueTask DisposeAsync() => await _last.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task<ShareResult> SendBehindAsync(Task before, OutputShare share, CancellationToken cancellationToken)
    {
        await before;
        var outputs = share.Outputs;
        var refused = 0;
        for (var next = 0; next < outputs.Count;)
        {
            var batch = new List<RoutedOutput>();
            for (var bytes = 0; next < outputs.Count && batch.Count < MaxRecords && (batch.Count == 0 || bytes + outputs[next].Json.Length <= MaxBytes); next++)
            {
                bytes += outputs[next].Json.Length;
                batch.Add(outputs[next]);
            }
            refused += await PutAsync(batch, share.RefuseAsync, cancellationToken);
        }
        return new ShareResult(refused, 0);
    }

    /// <summary>Puts outputs until all are taken; returns how many were refused.</summary>
    private async Task<int> PutAsync(List<RoutedOutput> batch, Func<RefusedOutput, Task> refuseAsync, CancellationToken cancellationToken)
    {
        var patience = new Patience();
        while (true)
        {
            try
            {
                var result = await client.PutRecordBatchAsync(name, [.. batch.Select(output => output.Json)], cancellationToken);
                var left = batch.Where((_, index) => result.Results[index].ErrorCode is not null).ToList();
                if (left.Count == 0)
                    return 0;
                if (left.Count < batch.Count)
                    patience.Refresh();
                batch = left;
                var failed = result.Results.First(one => one.ErrorCode is not null);
                await patience.WaitAsync(new KinesisException(failed.ErrorCode!, failed.ErrorMessage ?? "the record was not taken", HttpStatusCode.OK, requestId: null), cancellationToken);
            }
            catch (KinesisException e) when (Refusal.IsOfRecord(e))
            {
                return await RefuseAsync(batch, e, refuseAsync, cancellationToken);
            }
            catch (Exception e) when (Patience.MayPass(e))
            {
                await patience.WaitAsync(e, cancellationToken);
            }
        }
    }

    /// <summary>One record fails its whole call: each gets a call of its own before it is given up.</summary>
    private async Task<int> RefuseAsync(List<RoutedOutput> batch, KinesisException refusal, Func<RefusedOutput, Task> refuseAsync, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            await refuseAsync(new RefusedOutput(batch[0], refusal.Message));
            return 1;
        }
        var refused = 0;
        foreach (var output in batch)
            refused += await PutAsync([output], refuseAsync, cancellationToken);
        return refused;
    }
}
