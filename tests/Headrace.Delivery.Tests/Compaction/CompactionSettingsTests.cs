using Headrace.Delivery.Compaction;

namespace Headrace.Delivery.Tests.Compaction;

public class CompactionSettingsTests
{
    [Theory]
    [InlineData("128MB", 134_217_728)]
    [InlineData("1KB", 1_024)]
    [InlineData("1GB", 1_073_741_824)]
    public void A_size_is_a_number_and_a_unit(string text, long bytes) =>
        CompactionSettings.Of(Lake.Tags(text)).ShouldBe(new CompactionSettings(bytes, TimeSpan.FromMinutes(10)));

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("15m", 900)]
    [InlineData("2h", 7_200)]
    [InlineData("1d", 86_400)]
    public void A_time_is_one_too(string text, int seconds) =>
        CompactionSettings.Of(Lake.Tags("64MB", text)).ShouldBe(new CompactionSettings(64 << 20, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("128")]
    [InlineData("128MiB")]
    [InlineData("1.5MB")]
    [InlineData("0MB")]
    [InlineData("2GB")]
    [InlineData("-1MB")]
    [InlineData("MB")]
    [InlineData("on")]
    [InlineData("")]
    public void Other_sizes_are_refused(string text) => Should.Throw<DeliveryException>(() => CompactionSettings.Of(Lake.Tags(text)))
        .Message.ShouldBe($"The tag headrace:compaction must be a size from 1KB to 1GB, such as 128MB, not {(text.Length == 0 ? "empty" : text)}.");

    [Theory]
    [InlineData("0s")]
    [InlineData("25h")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("1.5h")]
    [InlineData("99999999999d")]
    public void Other_times_are_refused(string text) => Should.Throw<DeliveryException>(() => CompactionSettings.Of(Lake.Tags("1MB", text)))
        .Message.ShouldBe($"The tag headrace:compaction-after must be a time from 1s to 1d, such as 15m, not {text}.");

    [Fact]
    public void A_time_alone_switches_nothing_on() =>
        CompactionSettings.Of([KeyValuePair.Create("team", "lake"), KeyValuePair.Create(CompactionSettings.AfterTag, "5m")]).ShouldBeNull();
}
