using Headrace.ControlPlane;

namespace Headrace.Delivery.Tests;

/// <summary>The clock stands still after the bucket appears, so that no retry's delay ends: only the bucket itself can wake delivery.</summary>
public class MissingBucketTests
{
    private static readonly AccountScope Somebody = new("111111111111", "us-east-1");

    [Fact]
    public async Task A_stalled_delivery_stream_goes_on_when_its_bucket_is_created()
    {
        await using var rig = await DeliveryRig.StartAsync(withBucket: false, ownBuckets: true);
        var stream = await StallAsync(rig);
        rig.Buckets!.CreateBucket(DeliveryRig.Scope, DeliveryRig.Bucket);
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        stream.Progress!.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task It_goes_on_when_a_bucket_that_went_is_created_again()
    {
        await using var rig = await DeliveryRig.StartAsync(ownBuckets: true);
        rig.Buckets!.DeleteBucket(DeliveryRig.Bucket);
        var stream = await StallAsync(rig);
        rig.Buckets.CreateBucket(DeliveryRig.Scope, DeliveryRig.Bucket);
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 1);
    }

    [Fact]
    public async Task It_goes_on_when_its_owner_creates_the_bucket_that_was_another_accounts()
    {
        await using var rig = await DeliveryRig.StartAsync(withBucket: false, ownBuckets: true);
        rig.Buckets!.CreateBucket(Somebody, DeliveryRig.Bucket);
        var stream = await StallAsync(rig, "does not belong", expectedOwner: DeliveryRig.Scope.AccountId);
        rig.Buckets.DeleteBucket(DeliveryRig.Bucket);
        rig.Buckets.CreateBucket(DeliveryRig.Scope, DeliveryRig.Bucket);
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 1);
    }

    [Fact]
    public async Task Another_bucket_does_not_wake_it()
    {
        await using var rig = await DeliveryRig.StartAsync(withBucket: false, ownBuckets: true);
        var stream = await StallAsync(rig);
        var puts = stream.Traffic.PutsBegun;
        for (var i = 0; i < 50; i++)
            rig.Buckets!.CreateBucket(DeliveryRig.Scope, $"pond-{i}");
        rig.Buckets!.CreateBucket(DeliveryRig.Scope, DeliveryRig.Bucket);
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        // Woken by another bucket, it would have tried in vain once more.
        stream.Traffic.PutsBegun.ShouldBe(puts + 1);
    }

    /// <summary>Puts a record and waits until its delivery stands still.</summary>
    private static async Task<DeliveryStream> StallAsync(DeliveryRig rig, string reason = "There is no bucket", string? expectedOwner = null)
    {
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0) with { ExpectedOwner = expectedOwner });
        await rig.PutAsync("fire", "a\n");
        await Poll.UntilAsync(() => stream.Progress!.LastError?.Contains(reason, StringComparison.Ordinal) == true);
        return stream;
    }
}
