using System.Text;
using Headrace.Streams;

namespace Headrace.Delivery.Tests;

public class ExpiryTests
{
    private static readonly TimeSpan BeyondRetention = TimeSpan.FromHours(26);

    [Fact]
    public async Task Records_that_expired_undelivered_are_counted_and_the_rest_goes_on()
    {
        await using var rig = await DeliveryRig.StartAsync(withBucket: false);
        var data = await rig.CreateDataStreamAsync("source", 1);
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0), kinesis: "source");
        await DeliveryRig.PutDataAsync(data, "old-1", "old-2");
        await Poll.UntilAsync(() => stream.Progress!.LastError is not null);
        await ExpireAsync(rig, data);
        rig.Shelf.CreateBucket(DeliveryRig.Bucket);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.Shelf.Lines().ShouldBe(["new"]);
        stream.Progress!.LostRecords.ShouldBe(2);
    }

    [Fact]
    public async Task Records_that_expired_after_their_object_was_put_are_not_lost()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await rig.CreateDataStreamAsync("source", 1);
        await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0), kinesis: "source");
        var put = new TaskCompletionSource();
        rig.Shelf.AfterPut = (_, cancellation) =>
        {
            put.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellation);
        };
        await DeliveryRig.PutDataAsync(data, "old-1", "old-2");
        await put.Task;
        await ExpireAsync(rig, data);
        rig.Shelf.AfterPut = (_, _) => Task.CompletedTask;
        await rig.RestartAsync();
        await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == 3);
        string.Concat(rig.Shelf.Keys.Select(key => Encoding.UTF8.GetString(rig.Shelf.Read("lake", key["lake/".Length..])))).ShouldBe("old-1\nold-2\nnew\n");
        rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.LostRecords.ShouldBe(0);
    }

    private static async Task ExpireAsync(DeliveryRig rig, DataStream data)
    {
        rig.Time.Advance(BeyondRetention);
        await DeliveryRig.PutDataAsync(data, "new");
        await data.Log.TrimAsync(rig.Time.GetUtcNow().ToUnixTimeMilliseconds());
        data.Log.GetExtent(0).First.ShouldBe(2);
    }
}
