using System.Text;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests.Compaction;

public class CompactionTests
{
    [Fact]
    public async Task Objects_are_merged_when_they_reach_the_size_and_records_keep_their_order()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: OneYear(), tags: Lake.Tags("1KB", "12h"));
        var lake = new Lake(rig.Buckets!);
        await DeliverAsync(rig, stream, [.. Enumerable.Range(0, 5).Select(i => Line(i, 250))]);
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        lake.Keys.Count.ShouldBe(2);
        var merged = lake.Objects.Single(found => found.Length == 1_000);
        lake.Text(merged.Key).ShouldBe(string.Concat(Enumerable.Range(0, 4).Select(i => Line(i, 250))));
        merged.Key.ShouldMatch(@"\Adata/2026/fire-1-2026-03-04-06-\d\d-\d\d-[0-9a-f-]{36}\z");
        merged.Headers.ShouldBe(new Dictionary<string, string> { ["content-type"] = "application/octet-stream" });
        stream.Traffic.ObjectsMerged.ShouldBe(4);
        stream.Traffic.MergedBytes.ShouldBe(1_000);
    }

    [Fact]
    public async Task Objects_are_merged_once_the_oldest_has_waited_long_enough_also_after_a_restart()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: OneYear() with { Compression = CompressionFormat.Gzip }, tags: Lake.Tags("1MB", "12h"));
        await DeliverAsync(rig, stream, "a\n", "b\n", "c\n");
        rig.Time.Advance(TimeSpan.FromHours(10));
        await rig.RestartAsync();
        stream = rig.Delivery.Get(DeliveryRig.Scope, "fire");
        stream.Compaction.ShouldBe(new CompactionSettings(1 << 20, TimeSpan.FromHours(12)));
        var lake = new Lake(rig.Buckets!);
        lake.Keys.Count.ShouldBe(3);
        rig.Time.Advance(TimeSpan.FromHours(2));
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        lake.Objects.Single().ShouldSatisfyAllConditions(
            found => found.Key.ShouldEndWith(".gz"),
            found => found.Headers["content-encoding"].ShouldBe("gzip"),
            found => lake.Text(found.Key, CompressionFormat.Gzip).ShouldBe("a\nb\nc\n"));
    }

    [Fact]
    public async Task What_lies_at_different_places_or_is_large_stays_apart_and_failures_too()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(), tags: Lake.Tags("4KB", "1m"));
        var lake = new Lake(rig.Buckets!);
        var large = Json("a", 99, 3_000);
        foreach (var records in new[] { new[] { Json("a", 1), Json("b", 1), Json("alone", 1), "no json" }, [Json("a", 2), Json("b", 2), "none either"], [large] })
            await DeliverAsync(rig, stream, records);
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 2);
        lake.Keys.GroupBy(key => key.Split('/')[1]).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal)
            .ShouldBe(["a 2", "alone 1", "b 1", "processing-failed 2"]);
        var merged = lake.Keys.Where(key => key.StartsWith("data/a/", StringComparison.Ordinal)).Select(key => lake.Text(key)).OrderBy(text => text.Length).First();
        merged.ShouldBe(Json("a", 1) + Json("a", 2));
    }

    [Fact]
    public async Task An_object_that_somebody_changed_is_left_alone()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: OneYear(), tags: Lake.Tags("1MB", "12h"));
        var lake = new Lake(rig.Buckets!);
        await DeliverAsync(rig, stream, "0\n", "1\n", "2\n", "3\n", "4\n", "5\n");
        var byText = lake.Keys.ToDictionary(key => lake.Text(key).Trim());
        lake.Put(byText["1"], Encoding.UTF8.GetBytes("mine\n"));
        rig.Buckets!.DeleteObject(DeliveryRig.Bucket, new DeleteRequest(byText["2"]));
        rig.Buckets.SetTags(DeliveryRig.Bucket, byText["3"], new Dictionary<string, string> { ["keep"] = "yes" });
        rig.Time.Advance(TimeSpan.FromHours(12));
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        lake.Keys.Select(key => lake.Text(key)).Order(StringComparer.Ordinal).ShouldBe(["0\n4\n5\n", "3\n", "mine\n"]);
    }

    [Fact]
    public async Task Where_versions_are_kept_the_small_objects_become_past_versions()
    {
        await using var rig = await StartAsync();
        rig.Buckets!.SetVersioning(DeliveryRig.Bucket, VersioningState.Enabled);
        var stream = await rig.CreateAsync(destination: OneYear(), tags: Lake.Tags("1MB", "12h"));
        var lake = new Lake(rig.Buckets);
        await DeliverAsync(rig, stream, "a\n", "b\n");
        var before = lake.Objects;
        rig.Time.Advance(TimeSpan.FromHours(12));
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        lake.Text(lake.Keys.Single()).ShouldBe("a\nb\n");
        before.ShouldAllBe(found => rig.Buckets.GetObject(DeliveryRig.Bucket, found.Key, found.VersionId).ETag == found.ETag);
    }

    [Fact]
    public async Task A_tag_switches_it_on_and_its_removal_off()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        var lake = new Lake(rig.Buckets!);
        await DeliverAsync(rig, stream, "before 1\n", "before 2\n");
        rig.Delivery.Tag(DeliveryRig.Scope, "fire", Lake.Tags("1MB", "1m"));
        await DeliverAsync(rig, stream, "on 1\n", "on 2\n");
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        await DeliverAsync(rig, stream, "on 3\n");
        rig.Delivery.Untag(DeliveryRig.Scope, "fire", [CompactionSettings.SizeTag]);
        stream.Compaction.ShouldBeNull();
        await DeliverAsync(rig, stream, "off 1\n");
        rig.Delivery.Tag(DeliveryRig.Scope, "fire", Lake.Tags("1MB"));
        stream.Compaction!.After.ShouldBe(TimeSpan.FromMinutes(1));
        await DeliverAsync(rig, stream, "again 1\n", "again 2\n");
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 2);
        lake.Keys.Select(key => lake.Text(key)).Order(StringComparer.Ordinal)
            .ShouldBe(["again 1\nagain 2\n", "before 1\n", "before 2\n", "off 1\n", "on 1\non 2\n", "on 3\n"]);
    }

    [Fact]
    public async Task It_is_refused_where_objects_can_t_be_replaced_in_one_step()
    {
        await using var rig = await StartAsync();
        rig.OtherShelf.CreateBucket(DeliveryRig.Bucket);
        var other = DeliveryRig.To() with { BucketArn = "arn:other:s3:::lake" };
        const string refusal = "The tag headrace:compaction is only for buckets of this server, as no other store replaces objects in one step; arn:other:s3:::lake is in another one.";
        (await Should.ThrowAsync<DeliveryException>(() => rig.CreateAsync(destination: other, tags: Lake.Tags("1MB")))).Message.ShouldBe(refusal);
        await rig.CreateAsync("elsewhere", other);
        Should.Throw<DeliveryException>(() => rig.Delivery.Tag(DeliveryRig.Scope, "elsewhere", Lake.Tags("1MB"))).Message.ShouldBe(refusal);
        rig.Delivery.ListTags(DeliveryRig.Scope, "elsewhere").ShouldBeEmpty();
        var stream = await rig.CreateAsync(tags: Lake.Tags("1MB"));
        var settings = new S3DestinationSettings { BucketArn = "arn:other:s3:::lake" };
        (await Should.ThrowAsync<DeliveryException>(() => rig.Delivery.UpdateAsync(DeliveryRig.Scope, "fire", "1", stream.DestinationId, settings))).Message.ShouldBe(refusal);
    }

    [Fact]
    public async Task What_fails_is_told_once_and_tried_again_and_delivery_goes_on()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: OneYear(), tags: Lake.Tags("1MB", "12h"));
        var lake = new Lake(rig.Buckets!);
        await DeliverAsync(rig, stream, "a\n", "b\n");
        var files = rig.BodyFiles();
        foreach (var file in files)
            File.Move(file, file + ".away");
        rig.Time.Advance(TimeSpan.FromHours(12));
        await rig.RunUntilAsync(() => Errors(rig).Count > 0);
        await DeliverAsync(rig, stream, "c\n");
        Errors(rig).Single().ShouldContain("Compaction.Failed");
        stream.Progress!.LastError.ShouldBeNull();
        foreach (var file in files)
            File.Move(file + ".away", file);
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        lake.Text(lake.Keys.Single()).ShouldBe("a\nb\nc\n");
    }

    [Fact]
    public async Task Bytes_that_the_disk_has_changed_are_left_as_they_are()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: OneYear(), tags: Lake.Tags("1MB", "12h"));
        var lake = new Lake(rig.Buckets!);
        await DeliverAsync(rig, stream, "a\n", "b\n", "c\n");
        await File.WriteAllTextAsync(rig.BodyFiles().Single(file => File.ReadAllText(file) == "b\n"), "x\n");
        rig.Time.Advance(TimeSpan.FromHours(12));
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 1);
        lake.Keys.Select(key => lake.Text(key)).Order(StringComparer.Ordinal).ShouldBe(["a\nc\n", "x\n"]);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_delivery_stream_that_is_deleted()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: OneYear(), tags: Lake.Tags("1MB", "12h"));
        await DeliverAsync(rig, stream, "a\n", "b\n");
        await rig.Delivery.DeleteAsync(DeliveryRig.Scope, "fire");
        await rig.RunUntilAsync(() => rig.Rows() == 0);
        new Lake(rig.Buckets!).Keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lone_object_is_forgotten_in_the_end()
    {
        await using var rig = await StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0), tags: Lake.Tags("1MB", "1m"));
        await DeliverAsync(rig, stream, "a\n");
        var rows = rig.Rows();
        rig.Time.Advance(TimeSpan.FromHours(25));
        await rig.RunUntilAsync(() => rig.Rows() == rows - 1);
        new Lake(rig.Buckets!).Keys.Count.ShouldBe(1);
    }

    /// <summary>The clock stands at the beginning of an hour, so that objects of hours lie together.</summary>
    private static async Task<DeliveryRig> StartAsync()
    {
        var rig = await DeliveryRig.StartAsync(ownBuckets: true);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        return rig;
    }

    /// <summary>A destination all of whose objects of a year lie together, however long a test takes.</summary>
    private static S3Destination OneYear() => DeliveryRig.To(seconds: 0) with { Prefix = "data/!{timestamp:yyyy}/", ErrorOutputPrefix = "errors/!{firehose:error-output-type}/" };

    /// <summary>Delivers each record as an object of its own, or all together where records are partitioned.</summary>
    private static async Task DeliverAsync(DeliveryRig rig, DeliveryStream stream, params string[] records)
    {
        var batches = stream.Destination.IsPartitioned ? [records] : records.Select(record => new[] { record });
        foreach (var batch in batches)
        {
            var before = stream.Progress!.DeliveredRecords;
            await rig.PutAsync("fire", batch);
            await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == before + batch.Length);
        }
    }

    private static IReadOnlyList<string> Errors(DeliveryRig rig) => [.. rig.Delivery.Logs.Read(DeliveryRig.Scope, "/aws/kinesisfirehose/fire", new ErrorLogs.LogQuery()).Select(line => line.Message)];

    private static string Line(int i, int length) => $"{i}{new string('.', length - 2)}\n";

    private static string Json(string key, int n, int padding = 0) => $$"""{"n":{{n}},"key":"{{key}}","pad":"{{new string('.', padding)}}"}""" + "\n";
}
