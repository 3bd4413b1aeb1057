using System.Text;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests;

public class BufferingTests
{
    [Fact]
    public async Task A_full_buffer_is_delivered_without_waiting()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(megabytes: 1, seconds: 900));
        for (var i = 0; i < 3; i++)
            await rig.PutAsync("fire", new string((char)('a' + i), 400 * 1024));
        await Poll.UntilAsync(() => stream.Progress!.DeliveredObjects == 1);
        var body = rig.Shelf.Read("lake", rig.Shelf.Keys.Single()["lake/".Length..]);
        body.Length.ShouldBe(3 * 400 * 1024);
        body[^1].ShouldBe((byte)'c');
        stream.Progress!.BufferedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_buffer_that_is_not_full_waits_for_the_interval_of_its_oldest_record()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 60));
        rig.Time.Advance(TimeSpan.FromSeconds(50));
        await rig.PutAsync("fire", "one");
        await Poll.UntilAsync(() => stream.Progress!.BufferedRecords == 1);
        rig.Time.Advance(TimeSpan.FromSeconds(40));
        await rig.PutAsync("fire", "two");
        await Poll.UntilAsync(() => stream.Progress!.BufferedRecords == 2);
        rig.Shelf.Puts.ShouldBe(0);
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.Lines().ShouldBe(["onetwo"]);
    }

    [Fact]
    public async Task An_interval_of_zero_delivers_at_once()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "now");
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.Shelf.Lines().ShouldBe(["now"]);
    }

    [Fact]
    public async Task Many_records_are_cut_into_objects_of_the_buffers_size()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(megabytes: 1, seconds: 60));
        var lines = Enumerable.Range(0, 400).Select(i => $"{i:D8}{new string('x', 10_000)}\n").ToArray();
        await rig.PutAsync("fire", lines);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 400);
        rig.Shelf.Lines().ShouldBe(lines.Select(line => line.TrimEnd('\n')));
        rig.Shelf.Keys.Count.ShouldBe(4);
        rig.Shelf.Keys.Max(key => rig.Shelf.Read("lake", key["lake/".Length..]).Length).ShouldBeLessThan((1024 * 1024) + lines[0].Length);
    }

    [Fact]
    public async Task Gzip_objects_hold_the_same_records_under_a_gz_name()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0) with { Compression = CompressionFormat.Gzip });
        await rig.PutAsync("fire", "zipped\n", "records\n");
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.Keys.ShouldAllBe(key => key.EndsWith(".gz", StringComparison.Ordinal));
        rig.Shelf.Read("lake", rig.Shelf.Keys[0]["lake/".Length..]).AsSpan(0, 2).ToArray().ShouldBe([0x1f, 0x8b]);
        rig.Shelf.Lines().ShouldBe(["records", "zipped"]);
    }

    [Fact]
    public async Task Buffers_that_hold_too_much_together_are_delivered_early()
    {
        await using var rig = await DeliveryRig.StartAsync(bufferMemoryBytes: 10);
        var one = await rig.CreateAsync("one", DeliveryRig.To(seconds: 900));
        var two = await rig.CreateAsync("two", DeliveryRig.To(seconds: 900));
        await rig.PutAsync("one", "12345678\n");
        await Poll.UntilAsync(() => one.Progress!.BufferedBytes == 9);
        await rig.PutAsync("two", "abc\n");
        await Poll.UntilAsync(() => two.Progress!.DeliveredRecords == 1);
        rig.Shelf.Lines().ShouldBe(["abc"]);
        await rig.PutAsync("two", "d");
        await Poll.UntilAsync(() => two.Progress!.BufferedBytes == 1);
    }

    [Fact]
    public async Task An_empty_record_counts_and_adds_no_bytes()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1));
        await rig.PutAsync("fire", "");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        Encoding.UTF8.GetString(rig.Shelf.Read("lake", rig.Shelf.Keys.Single()["lake/".Length..])).ShouldBeEmpty();
    }
}
