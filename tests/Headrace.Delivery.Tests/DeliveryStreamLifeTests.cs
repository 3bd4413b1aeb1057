using Headrace.ControlPlane;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests;

public class DeliveryStreamLifeTests
{
    [Fact]
    public async Task A_delivery_stream_is_creating_then_active_and_is_kept_over_a_restart()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var destination = DeliveryRig.To() with
        {
            Prefix = "firehose/",
            ErrorOutputPrefix = "errors/",
            Compression = CompressionFormat.Gzip,
            CloudWatchLogging = new CloudWatchLogging(true, "group", "stream"),
            KmsKeyArn = "arn:aws:kms:us-east-1:000000000000:key/k",
            FileExtension = ".json",
            CustomTimeZone = "Europe/Berlin",
        };
        var created = await rig.Delivery.CreateAsync(DeliveryRig.Scope, new DeliveryStreamDefinition { Name = "fire", Destination = destination });
        created.Status.ShouldBe(DeliveryStreamStatus.Creating);
        rig.Time.Advance(TimeSpan.FromMilliseconds(50));
        created.Status.ShouldBe(DeliveryStreamStatus.Active);
        created.Arn.ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/fire");

        await rig.RestartAsync();
        var kept = rig.Delivery.Get(DeliveryRig.Scope, "fire");
        kept.Destination.ShouldBe(destination);
        kept.CreatedAt.ShouldBe(created.CreatedAt);
        kept.Status.ShouldBe(DeliveryStreamStatus.Active);
        await rig.PutAsync("fire", "still works");
    }

    [Fact]
    public async Task A_name_can_be_taken_once_per_account_and_region()
    {
        await using var rig = await DeliveryRig.StartAsync();
        await rig.CreateAsync("fire");
        var refused = await Should.ThrowAsync<DeliveryException>(() => rig.CreateAsync("fire"));
        refused.Fault.ShouldBe(DeliveryFault.ResourceInUse);
        refused.Message.ShouldBe("Firehose fire under accountId 000000000000 already exists");
        var elsewhere = new AccountScope("000000000000", "eu-central-1");
        await rig.Delivery.CreateAsync(elsewhere, new DeliveryStreamDefinition { Name = "fire", Destination = DeliveryRig.To() });
        rig.Delivery.List(elsewhere, null, null, 10).Names.ShouldBe(["fire"]);
    }

    [Fact]
    public async Task Lists_go_by_name_and_in_pages()
    {
        await using var rig = await DeliveryRig.StartAsync();
        foreach (var name in new[] { "c", "B", "a", "d" })
            await rig.CreateAsync(name);
        await rig.CreateAsync("e", kinesis: "nothing");
        var first = rig.Delivery.List(DeliveryRig.Scope, null, null, 3);
        first.Names.ShouldBe(["B", "a", "c"]);
        first.HasMore.ShouldBeTrue();
        var second = rig.Delivery.List(DeliveryRig.Scope, null, "c", 3);
        second.Names.ShouldBe(["d", "e"]);
        second.HasMore.ShouldBeFalse();
        rig.Delivery.List(DeliveryRig.Scope, DeliveryStreamType.KinesisStreamAsSource, null, 3).Names.ShouldBe(["e"]);
    }

    [Fact]
    public async Task Deleting_leaves_no_file_and_no_row_and_the_name_is_free_again()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.Shelf.BeforePut = (_, _) => throw new IOException("Never.");
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "undelivered");
        await Poll.UntilAsync(() => stream.Progress!.LastError is not null);
        await rig.Delivery.DeleteAsync(DeliveryRig.Scope, "fire");
        stream.Status.ShouldBe(DeliveryStreamStatus.Deleting);
        await Should.ThrowAsync<DeliveryException>(() => rig.PutAsync("fire", "too late"));
        await rig.RunUntilAsync(() => rig.Delivery.List(DeliveryRig.Scope, null, null, 10).Names.Count == 0);
        Should.Throw<DeliveryException>(() => rig.Delivery.Get(DeliveryRig.Scope, "fire")).Fault.ShouldBe(DeliveryFault.ResourceNotFound);
        Directory.GetDirectories(rig.DeliveryDirectory).ShouldBeEmpty();
        rig.Rows().ShouldBe(0);

        rig.Shelf.BeforePut = (_, _) => Task.CompletedTask;
        var again = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "new");
        await rig.RunUntilAsync(() => again.Progress!.DeliveredRecords == 1);
        rig.Shelf.Lines().ShouldBe(["new"]);
    }

    [Fact]
    public async Task A_deletion_that_was_cut_short_is_finished_by_the_next_start()
    {
        await using var rig = await DeliveryRig.StartAsync();
        await rig.CreateAsync();
        await rig.PutAsync("fire", "gone");
        await rig.Delivery.DeleteAsync(DeliveryRig.Scope, "fire");
        await rig.RestartAsync();
        rig.Delivery.List(DeliveryRig.Scope, null, null, 10).Names.ShouldBeEmpty();
        Directory.GetDirectories(rig.DeliveryDirectory).ShouldBeEmpty();
        rig.Rows().ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_bucket_is_retried_until_it_is_there()
    {
        await using var rig = await DeliveryRig.StartAsync(withBucket: false);
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "patient\n");
        await rig.RunUntilAsync(() => rig.Shelf.Puts >= 4);
        stream.Progress!.LastError.ShouldBe("There is no bucket lake.");
        stream.Progress.DeliveredRecords.ShouldBe(0);
        await rig.PutAsync("fire", "more\n");
        rig.Shelf.CreateBucket(DeliveryRig.Bucket);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.Lines().ShouldBe(["more", "patient"]);
        stream.Progress!.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Tags_are_kept_replaced_removed_and_limited()
    {
        await using var rig = await DeliveryRig.StartAsync();
        await rig.CreateAsync();
        rig.Delivery.Tag(DeliveryRig.Scope, "fire", [new("b", "1"), new("a", "2")]);
        rig.Delivery.Tag(DeliveryRig.Scope, "fire", [new("b", "3")]);
        rig.Delivery.ListTags(DeliveryRig.Scope, "fire").ShouldBe([new("b", "3"), new("a", "2")]);
        rig.Delivery.Untag(DeliveryRig.Scope, "fire", ["a", "unknown"]);
        Should.Throw<DeliveryException>(() => rig.Delivery.Tag(DeliveryRig.Scope, "fire", Enumerable.Range(0, 50).Select(i => KeyValuePair.Create($"k{i}", ""))))
            .Fault.ShouldBe(DeliveryFault.LimitExceeded);
        rig.Delivery.ListTags(DeliveryRig.Scope, "fire").ShouldBe([new("b", "3")]);
    }
}
