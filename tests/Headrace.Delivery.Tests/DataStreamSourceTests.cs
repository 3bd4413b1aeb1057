using System.Text;
using Headrace.Protocol.Aggregation;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Delivery.Tests;

public class DataStreamSourceTests
{
    [Fact]
    public async Task Delivery_starts_with_what_comes_after_the_creation()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await rig.CreateDataStreamAsync("source", 2);
        await DeliveryRig.PutDataAsync(data, "before-1", "before-2", "before-3");
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1), kinesis: "source");
        await DeliveryRig.PutDataAsync(data, "after-1", "after-2");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.Lines().ShouldBe(["after-1", "after-2"]);
    }

    [Fact]
    public async Task Records_put_while_the_server_was_down_for_delivery_are_delivered_after_the_restart()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await rig.CreateDataStreamAsync("source", 2);
        await rig.CreateAsync(destination: DeliveryRig.To(seconds: 30), kinesis: "source");
        await DeliveryRig.PutDataAsync(data, "a", "b", "c", "d");
        await rig.RestartAsync();
        await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == 4);
        rig.Shelf.Lines().ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task Shards_that_are_opened_later_are_read_from_their_start_and_closed_ones_to_their_end()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await rig.CreateDataStreamAsync("source", 1);
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1), kinesis: "source");
        var lines = Enumerable.Range(0, 60).Select(i => $"line-{i:D3}").ToArray();
        await DeliveryRig.PutDataAsync(data, lines[..20]);
        await rig.Streams.SplitShardAsync(DeliveryRig.Scope, "source", Shard.IdOf(0), UInt128.MaxValue / 2);
        await rig.RunUntilAsync(() => data.Status == StreamStatus.Active && data.Map.OpenCount == 2);
        await DeliveryRig.PutDataAsync(data, lines[20..40]);
        await rig.Streams.MergeShardsAsync(DeliveryRig.Scope, "source", Shard.IdOf(1), Shard.IdOf(2));
        await rig.RunUntilAsync(() => data.Status == StreamStatus.Active && data.Map.OpenCount == 1);
        await DeliveryRig.PutDataAsync(data, lines[40..]);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == lines.Length);
        rig.Shelf.Lines().ShouldBe(lines);
    }

    [Fact]
    public async Task A_missing_data_stream_is_waited_for_and_then_read_from_its_start()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1), kinesis: "later");
        await Poll.UntilAsync(() => stream.Progress!.LastError is not null);
        stream.Progress!.LastError!.ShouldContain("later");
        stream.Status.ShouldBe(DeliveryStreamStatus.Active);
        var data = await rig.CreateDataStreamAsync("later", 2);
        await DeliveryRig.PutDataAsync(data, "x", "y");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        stream.Progress!.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task A_data_stream_that_is_created_again_is_read_from_its_start()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await rig.CreateDataStreamAsync("source", 1);
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1), kinesis: "source");
        await DeliveryRig.PutDataAsync(data, "first-1", "first-2", "first-3");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        await rig.Streams.DeleteAsync(DeliveryRig.Scope, "source");
        await rig.RunUntilAsync(() => rig.Streams.Find(DeliveryRig.Scope, "source") is null);
        data = await rig.CreateDataStreamAsync("source", 1);
        await DeliveryRig.PutDataAsync(data, "second-1");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4);
        rig.Shelf.Lines().ShouldBe(["first-1", "first-2", "first-3", "second-1"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Aggregates_of_the_producer_library_come_apart(bool isPartitioned)
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await rig.CreateDataStreamAsync("source", 1);
        var stream = await rig.CreateAsync(destination: isPartitioned ? DeliveryRig.Partitioned() : DeliveryRig.To(seconds: 1), kinesis: "source");
        var lines = Enumerable.Range(0, 5).Select(i => $$"""{"n":{{i}},"key":"k"}""").ToList();
        using var aggregate = new AggregateWriter();
        lines.ForEach(line => aggregate.Add("p", null, Encoding.UTF8.GetBytes(line + "\n")));
        using var bytes = new Protocol.PooledBuffer();
        aggregate.WriteTo(bytes);
        using (var batch = new RecordBatch())
        {
            batch.Add(0, "a"u8, bytes.WrittenSpan);
            await data.PutAsync(batch, new[] { UInt128.Zero });
        }
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 5);
        rig.Shelf.Lines().ShouldBe(lines);
    }

    [Fact]
    public async Task Putting_into_it_directly_is_refused()
    {
        await using var rig = await DeliveryRig.StartAsync();
        await rig.CreateDataStreamAsync("source", 1);
        await rig.CreateAsync(kinesis: "source");
        var refused = await Should.ThrowAsync<DeliveryException>(() => rig.PutAsync("fire", "no"));
        refused.Fault.ShouldBe(DeliveryFault.InvalidArgument);
    }
}
