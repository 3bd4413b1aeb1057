using Headrace.Delivery.Naming;

namespace Headrace.Delivery.Tests;

public class JavaTimePatternTests
{
    private static readonly DateTimeOffset Utc = new DateTimeOffset(2026, 7, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(1_234_567);

    [Theory]
    [InlineData("yyyy-MM-dd", "2026-07-03")]
    [InlineData("yy/M/d", "26/7/3")]
    [InlineData("uuuuuu", "002026")]
    [InlineData("HH:mm:ss.SSS", "04:05:06.123")]
    [InlineData("SSSSSSSSS", "123456700")]
    [InlineData("hh a", "04 AM")]
    [InlineData("k K h H", "4 4 4 4")]
    [InlineData("MMM MMMM MMMMM", "Jul July J")]
    [InlineData("E EEE EEEE EEEEE", "Fri Fri Friday F")]
    [InlineData("D DDD", "184 184")]
    [InlineData("Q QQ QQQ QQQQ", "3 03 Q3 3rd quarter")]
    [InlineData("e", "6")]
    [InlineData("YYYY-'W'ww", "2026-W27")]
    [InlineData("G", "AD")]
    [InlineData("VV z X xxx Z", "UTC UTC Z +00:00 +0000")]
    [InlineData("'year='yyyy'/month='MM", "year=2026/month=07")]
    [InlineData("''yyyy", "'2026")]
    [InlineData("[yyyy]", "2026")]
    [InlineData("pppd", "  3")]
    [InlineData("A", "14706123")]
    public void A_time_is_written_as_java_writes_it(string pattern, string expected)
    {
        JavaTimePattern.TryParse(pattern, out var parsed).ShouldBeTrue();
        parsed.Format(Utc, "UTC").ShouldBe(expected);
    }

    [Theory]
    [InlineData("XXX", "+05:30")]
    [InlineData("XX", "+0530")]
    [InlineData("X", "+0530")]
    [InlineData("O", "GMT+5:30")]
    [InlineData("OOOO", "GMT+05:30")]
    [InlineData("VV", "Asia/Kolkata")]
    public void A_zone_shows_its_offset(string pattern, string expected)
    {
        JavaTimePattern.TryParse(pattern, out var parsed).ShouldBeTrue();
        parsed.Format(new ObjectZone("Asia/Kolkata").Local(Utc), "Asia/Kolkata").ShouldBe(expected);
    }

    [Theory]
    [InlineData("2026-12-27", "2027-01")]
    [InlineData("2026-12-26", "2026-52")]
    [InlineData("2023-01-01", "2023-01")]
    [InlineData("2022-12-31", "2022-53")]
    public void Weeks_begin_on_sunday_and_the_first_holds_january_1st(string day, string expected)
    {
        JavaTimePattern.TryParse("YYYY-ww", out var parsed).ShouldBeTrue();
        parsed.Format(DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "UTC").ShouldBe(expected);
    }

    /// <summary>Exactly these letters are none that the service takes.</summary>
    [Fact]
    public void Some_letters_are_no_fields() =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".Where(letter => !JavaTimePattern.TryParse(letter.ToString(), out _)).ShouldBe("CIJPRTUVbfijloprt");

    [Theory]
    [InlineData("'open")]
    [InlineData("]")]
    [InlineData("#")]
    [InlineData("ddd")]
    [InlineData("SSSSSSSSSS")]
    [InlineData("MMMMMM")]
    public void A_pattern_that_java_refuses_is_refused(string pattern) => JavaTimePattern.TryParse(pattern, out _).ShouldBeFalse();
}
