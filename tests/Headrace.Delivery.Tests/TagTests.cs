namespace Headrace.Delivery.Tests;

public class TagTests
{
    [Fact]
    public async Task A_delivery_stream_that_is_just_gone_takes_no_tags()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync("fire");
        rig.Tables.Tag(stream.Id, [new("k", "v")]).ShouldBeTrue();
        rig.Tables.Remove(stream.Id);
        rig.Tables.Tag(stream.Id, [new("k", "v")]).ShouldBeFalse();
        // The service still knows it, as it does while a deletion ends.
        Should.Throw<DeliveryException>(() => rig.Delivery.Tag(DeliveryRig.Scope, "fire", [new("k", "v")])).Fault.ShouldBe(DeliveryFault.ResourceNotFound);
    }
}
