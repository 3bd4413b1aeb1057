using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>A delivery stream as destination. Delivery keeps the order of calls, so each ends before the next begins.</summary>
internal sealed class DeliveryOutlet(FirehoseClient client, string name) : IOutlet
{
    private const int MaxRecords = 500;
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RideOut = TimeSpan.FromSeconds(60);

    private Task _last = Task.CompletedTask;

    public ValueTask<Task<IReadOnlyList<RefusedOutput>>> SendAsync(IReadOnlyList<RoutedOutput> outputs, CancellationToken cancellationToken)
    {
        var sending = SendBehindAsync(_last, outputs, cancellationToken);
        _last = sending;
        return ValueTask.FromResult(sending);
    }

    public async ValueTask DisposeAsync() => await _last.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task<IReadOnlyList<RefusedOutput>> SendBehindAsync(Task before, IReadOnlyList<RoutedOutput> outputs, CancellationToken cancellationToken)
    {
        await before;
        var refused = new List<RefusedOutput>();
        for (var next = 0; next < outputs.Count;)
        {
            var batch = new List<RoutedOutput>();
            for (var bytes = 0; next < outputs.Count && batch.Count < MaxRecords && (batch.Count == 0 || bytes + outputs[next].Json.Length <= MaxBytes); next++)
            {
                bytes += outputs[next].Json.Length;
                batch.Add(outputs[next]);
            }
            await PutAsync(batch, refused, cancellationToken);
        }
        return refused;
    }

    private async Task PutAsync(List<RoutedOutput> batch, List<RefusedOutput> refused, CancellationToken cancellationToken)
    {
        long? failingSince = null;
        for (var wait = FirstWait; batch.Count > 0; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                var result = await client.PutRecordBatchAsync(name, [.. batch.Select(output => output.Json)], cancellationToken);
                var left = batch.Where((_, index) => result.Results[index].ErrorCode is not null).ToList();
                if (left.Count < batch.Count)
                    failingSince = null;
                batch = left;
                if (batch.Count == 0)
                    return;
                failingSince ??= TimeProvider.System.GetTimestamp();
            }
            catch (KinesisException e) when (Refusal.IsOfRecord(e))
            {
                if (batch.Count == 1)
                {
                    refused.Add(new RefusedOutput(batch[0], e.Message));
                    return;
                }
                foreach (var output in batch)
                    await PutAsync([output], refused, cancellationToken);
                return;
            }
            catch (Exception e) when (e is EndpointUnreachableException or KinesisException { IsThrottling: true } or KinesisException { IsTransient: true })
            {
                if (TimeProvider.System.GetElapsedTime(failingSince ??= TimeProvider.System.GetTimestamp()) > RideOut)
                    throw;
            }
            await Task.Delay(wait, cancellationToken);
        }
    }
}
