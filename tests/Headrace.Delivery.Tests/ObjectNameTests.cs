using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests;

public class ObjectNameTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 7, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");

    [Theory]
    [InlineData(null, "2026/07/03/04/fire-1-2026-07-03-04-05-06-01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("", "2026/07/03/04/fire-1-2026-07-03-04-05-06-01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("firehose/", "firehose/2026/07/03/04/fire-1-2026-07-03-04-05-06-01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("legacy", "legacy2026/07/03/04/fire-1-2026-07-03-04-05-06-01234567-89ab-cdef-0123-456789abcdef")]
    public void The_date_joins_the_prefix_as_it_is(string? prefix, string expected) =>
        ObjectName.Of("fire", "1", DeliveryRig.To() with { Prefix = prefix }, Arrival, Id).ShouldBe(expected);

    [Fact]
    public void Gzip_gives_an_extension_that_another_one_replaces()
    {
        var gzip = DeliveryRig.To() with { Compression = CompressionFormat.Gzip };
        ObjectName.Of("fire", "1", gzip, Arrival, Id).ShouldEndWith("abcdef.gz");
        ObjectName.Of("fire", "1", gzip with { FileExtension = ".json.z" }, Arrival, Id).ShouldEndWith("abcdef.json.z");
    }

    [Fact]
    public void A_time_zone_moves_the_date_of_the_prefix() =>
        ObjectName.Of("fire", "2", DeliveryRig.To() with { CustomTimeZone = "America/New_York" }, Arrival, Id)
            .ShouldStartWith("2026/07/03/00/fire-2-2026-07-03-04-05-06-");

    [Fact]
    public async Task An_object_is_dated_by_its_oldest_record()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 60) with { Prefix = "firehose/" });
        await rig.PutAsync("fire", "old");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.Shelf.Keys.Single().ShouldStartWith("lake/firehose/2026/03/04/05/fire-1-2026-03-04-05-59-59-");
    }

    [Theory]
    [InlineData("Prefix", "data/!{timestamp:yyyy}/", null)]
    [InlineData("CustomTimeZone", null, "Mars/Olympus")]
    public async Task What_is_not_supported_is_refused_by_name(string field, string? prefix, string? zone)
    {
        await using var rig = await DeliveryRig.StartAsync();
        var refused = await Should.ThrowAsync<DeliveryException>(() => rig.CreateAsync(destination: DeliveryRig.To() with { Prefix = prefix, CustomTimeZone = zone }));
        refused.Fault.ShouldBe(DeliveryFault.InvalidArgument);
        refused.Message.ShouldContain(field);
    }
}
