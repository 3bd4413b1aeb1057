using Headrace.Delivery.Destinations;
using Headrace.Delivery.Naming;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Tests;

public class ObjectNameTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 7, 3, 4, 5, 6, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2026/07/03/04/fire-1-2026-07-03-04-05-06-")]
    [InlineData("", "2026/07/03/04/fire-1-2026-07-03-04-05-06-")]
    [InlineData("firehose/", "firehose/2026/07/03/04/fire-1-2026-07-03-04-05-06-")]
    [InlineData("legacy", "legacy2026/07/03/04/fire-1-2026-07-03-04-05-06-")]
    [InlineData("y=!{timestamp:yyyy}/m=!{timestamp:MM}/", "y=2026/m=07/fire-1-2026-07-03-04-05-06-")]
    public void A_date_follows_a_prefix_without_expressions(string? prefix, string expected)
    {
        var name = NameOf(DeliveryRig.To() with { Prefix = prefix, ErrorOutputPrefix = "!{firehose:error-output-type}/" });
        name.ShouldStartWith(expected);
        Guid.TryParse(name[expected.Length..], out var id).ShouldBeTrue(name);
        id.Version.ShouldBe(4);
    }

    [Fact]
    public void Random_strings_have_11_letters_and_differ()
    {
        var parts = NameOf(DeliveryRig.To() with { Prefix = "!{firehose:random-string}/!{firehose:random-string}/", ErrorOutputPrefix = "!{firehose:error-output-type}" }).Split('/');
        parts[0].Length.ShouldBe(11);
        parts[1].Length.ShouldBe(11);
        parts[0].ShouldNotBe(parts[1]);
        parts[0].ShouldAllBe(letter => char.IsAsciiLetterOrDigit(letter));
    }

    [Theory]
    [InlineData(null, null, "processing-failed/2026/07/03/04/")]
    [InlineData("firehose/", null, "firehose/processing-failed/2026/07/03/04/")]
    [InlineData("firehose/", "errors/", "errors/processing-failed/2026/07/03/04/")]
    [InlineData("firehose/", "bad/!{firehose:error-output-type}/!{timestamp:yyyy}/", "bad/processing-failed/2026/")]
    public void Failed_records_go_under_the_error_prefix(string? prefix, string? errors, string expected) =>
        NameOf(DeliveryRig.To() with { Prefix = prefix, ErrorOutputPrefix = errors }, PartitionName.Failed("processing-failed")).ShouldStartWith(expected + "fire-1-");

    [Theory]
    [InlineData(CompressionFormat.Uncompressed, null, "")]
    [InlineData(CompressionFormat.Gzip, null, ".gz")]
    [InlineData(CompressionFormat.Zip, null, ".zip")]
    [InlineData(CompressionFormat.Snappy, null, ".snappy")]
    [InlineData(CompressionFormat.HadoopSnappy, null, ".snappy")]
    [InlineData(CompressionFormat.Gzip, ".json.z", ".json.z")]
    public void An_extension_replaces_the_compressions(CompressionFormat compression, string? extension, string expected) =>
        ObjectName.ExtensionOf(DeliveryRig.To() with { Compression = compression, FileExtension = extension }, isConverted: false).ShouldBe(expected);

    [Fact]
    public void A_time_zone_moves_the_times_of_the_name() =>
        NameOf(DeliveryRig.To() with { CustomTimeZone = "America/New_York" }).ShouldStartWith("2026/07/03/00/fire-1-2026-07-03-00-05-06-");

    [Fact]
    public void A_partition_keeps_its_prefix_whatever_its_keys_hold()
    {
        var prefix = PrefixTemplate.Parse("a/!{partitionKeyFromQuery:k}/!{timestamp:yyyy}/!{partitionKeyFromLambda:l}", "Prefix");
        var partition = PartitionName.Of(prefix.WithKeys(part => part.Value == "k" ? "!{timestamp:MM}:5/ü" : "2:x"));
        new PartitionName(partition.Text).PrefixFor(DeliveryRig.To()).Evaluate(Arrival, "UTC", null, Random.Shared).ShouldBe("a/!{timestamp:MM}:5/ü/2026/2:x");
    }

    [Fact]
    public async Task An_object_is_dated_by_its_oldest_record()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 60) with { Prefix = "firehose/" });
        await rig.PutAsync("fire", "old");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.Shelf.Keys.Single().ShouldStartWith("lake/firehose/2026/03/04/05/fire-1-2026-03-04-05-59-59-");
    }

    private static string NameOf(S3Destination destination, PartitionName partition = default) => ObjectName.Of(
        "fire",
        "1",
        (partition.Text is null ? PartitionName.Whole : partition).PrefixFor(destination),
        destination.Zone,
        Arrival,
        (partition.Text is null ? PartitionName.Whole : partition).ErrorOutputType,
        "",
        new Random(7));
}
