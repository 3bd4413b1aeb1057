using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests.Channels;

/// <summary>The examples are those of AWS's documentation.</summary>
public class KeyTemplateTests
{
    private static readonly Guid Unique = new("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTimeOffset Time = new(2026, 7, 5, 4, 3, 2, TimeSpan.FromHours(2));

    private static readonly ChannelSettings Channel = new() { Id = "abc123", Name = "my-channel", StreamCreatedAt = Time, KeyTemplate = KeyTemplate.Default };

    [Theory]
    [InlineData(KeyTemplate.Default, CompressionFormat.Gzip, "kinesis-channel/my-channel/abc123/2026/07/05/02/my-channel-abc123-2026-07-05-02-03-UNIQUE.gz")]
    [InlineData("!{channel-name}/!{yyyy}/!{MM}/!{dd}/!{HH}/records!{extension}", CompressionFormat.Zstd, "my-channel/2026/07/05/02/records-UNIQUE.zst")]
    [InlineData("data/stream=!{stream-name}/!{yyyy}-!{MM}-!{dd}/!{HH}!{mm}!{extension:.json}", CompressionFormat.Gzip, "data/stream=my-stream/2026-07-05/0203-UNIQUE.json")]
    [InlineData("!{channel-name}/!{channel-id}", CompressionFormat.Uncompressed, "my-channel/abc123-UNIQUE")]
    [InlineData("!a!/!{yy}!{extension}", CompressionFormat.Uncompressed, "!a!/26-UNIQUE")]
    public void Variables_become_their_values(string template, CompressionFormat compression, string key) =>
        KeyTemplate.Parse(template, compression != CompressionFormat.Uncompressed).KeyOf(Channel, "my-stream", compression, Time, Unique).ShouldBe(key.Replace("UNIQUE", Unique.ToString(), StringComparison.Ordinal));

    [Theory]
    [InlineData("/data/!{channel-name}!{extension}")]
    [InlineData("data/../!{channel-name}!{extension}")]
    [InlineData("data/./!{channel-name}!{extension}")]
    [InlineData("data//!{channel-name}!{extension}")]
    [InlineData("!{channel-name}!{extension}/!{yyyy}")]
    [InlineData("!{channel-name}!{extension}!{extension}")]
    [InlineData("!{channel-name}!{extension:json}")]
    [InlineData("!{channel-name}!{extension:.JSON}")]
    [InlineData("data/!{partition-id}!{extension}")]
    [InlineData("data/!{channel-name}/!{yyyy")]
    [InlineData("data/{channel-name}")]
    [InlineData("data:!{channel-name}")]
    [InlineData("data/!{channel-name}", true)]
    public void A_broken_rule_is_refused(string template, bool isCompressed = false) =>
        Should.Throw<DeliveryException>(() => KeyTemplate.Parse(template, isCompressed)).Fault.ShouldBe(DeliveryFault.InvalidArgument);

    [Fact]
    public void Keys_fit_into_S3()
    {
        var name = new string('a', 128);
        var longest = KeyTemplate.Parse(new string('b', 986 - 128) + "!{channel-name}", isCompressed: false);
        longest.CheckLength(Channel with { Name = name }, "my-stream", CompressionFormat.Uncompressed);
        Should.Throw<DeliveryException>(() => longest.CheckLength(Channel with { Name = name + "a" }, "my-stream", CompressionFormat.Uncompressed));
    }
}
