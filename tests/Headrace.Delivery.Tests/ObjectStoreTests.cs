using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests;

public class ObjectStoreTests
{
    [Fact]
    public async Task A_bucket_is_in_the_store_that_its_ARN_names()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.OtherShelf.CreateBucket("lake");
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0) with { BucketArn = "arn:other:s3:::lake" });
        await rig.PutAsync("fire", "a\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.OtherShelf.Lines().ShouldBe(["a"]);
        rig.Shelf.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_put_whose_answer_was_lost_is_not_repeated_under_another_name_nor_in_another_store()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.OtherShelf.CreateBucket("lake");
        rig.OtherShelf.AfterPut = (_, _) => throw new IOException("The answer was lost.");
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0) with { BucketArn = "arn:other:s3:::lake" });
        await rig.PutAsync("fire", "a\n");
        await rig.RunUntilAsync(() => stream.Progress!.LastError == "The answer was lost.");
        var settings = new S3DestinationSettings { BucketArn = "arn:aws:s3:::lake" };
        await rig.Delivery.UpdateAsync(DeliveryRig.Scope, "fire", "1", stream.DestinationId, settings);
        rig.OtherShelf.AfterPut = (_, _) => Task.CompletedTask;
        await rig.RestartAsync();

        stream = rig.Delivery.Get(DeliveryRig.Scope, "fire");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        await rig.PutAsync("fire", "b\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);

        rig.OtherShelf.Lines().ShouldBe(["a"]);
        rig.Shelf.Lines().ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_store_that_is_not_known_is_refused()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var created = await Should.ThrowAsync<DeliveryException>(() => rig.CreateAsync(destination: DeliveryRig.To() with { BucketArn = "arn:minio:s3:::lake" }));
        created.Fault.ShouldBe(DeliveryFault.InvalidArgument);
        var stream = await rig.CreateAsync(destination: DeliveryRig.To() with { BucketArn = "arn:aws-cn:s3:::lake" });
        var settings = new S3DestinationSettings { Backup = new S3DestinationSettings { RoleArn = "r", BucketArn = "arn:minio:s3:::lake" } };
        var updated = await Should.ThrowAsync<DeliveryException>(() => rig.Delivery.UpdateAsync(DeliveryRig.Scope, "fire", "1", stream.DestinationId, settings));
        updated.Message.ShouldBe("BucketARN arn:minio:s3:::lake: the server knows no store minio.");
    }

    [Fact]
    public async Task A_missing_bucket_is_told_before_an_object_is_made_anew_and_delivery_resumes_once_it_is_there()
    {
        await using var rig = await DeliveryRig.StartAsync(withBucket: false, ownBuckets: true);
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "a\n");
        await rig.RunUntilAsync(() => stream.Traffic.PutsBegun >= 3);
        stream.Progress!.LastError.ShouldBe("There is no bucket lake.");
        var asked = await Should.ThrowAsync<DeliveryStandstillException>(() => new OwnBuckets(rig.Buckets!).ExistsAsync(DeliveryRig.Bucket, "any", CancellationToken.None));
        asked.Code.ShouldBe("S3.NoSuchBucket");
        rig.Buckets!.CreateBucket(DeliveryRig.Scope, DeliveryRig.Bucket);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        stream.Progress!.LastError.ShouldBeNull();
        stream.Traffic.ObjectsPut.ShouldBe(1);
    }
}
