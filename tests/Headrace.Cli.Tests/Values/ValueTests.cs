using System.Net;
using Headrace.Cli.Values;

namespace Headrace.Cli.Tests.Values;

public sealed class ValueTests
{
    [Theory]
    [InlineData("50ms", 50)]
    [InlineData("0", 0)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void Durations_are_read(string text, double milliseconds)
    {
        DurationValue.TryParse(text, out var duration).ShouldBeTrue();
        duration.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("1d")]
    [InlineData("9999999999999h")]
    public void Other_durations_are_not(string text) => DurationValue.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1:4566", "127.0.0.1", 4566)]
    [InlineData("127.0.0.1", "127.0.0.1", 4566)]
    [InlineData("localhost:0", "127.0.0.1", 0)]
    [InlineData("8080", "127.0.0.1", 8080)]
    [InlineData(":8080", "127.0.0.1", 8080)]
    [InlineData("[::1]:99", "::1", 99)]
    [InlineData("::1", "::1", 4566)]
    [InlineData("0.0.0.0:1", "0.0.0.0", 1)]
    public void Addresses_are_read(string text, string address, int port)
    {
        ListenAddress.TryParse(text, out var endpoint).ShouldBeTrue();
        endpoint.ShouldBe(new IPEndPoint(IPAddress.Parse(address), port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nowhere")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("70000")]
    [InlineData("[::1")]
    public void Other_addresses_are_not(string text) => ListenAddress.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("500/s", 500)]
    [InlineData("0.5", 0.5)]
    public void Rates_are_read(string text, double perSecond)
    {
        RateValue.TryParse(text, out var rate).ShouldBeTrue();
        rate.ShouldBe(perSecond);
    }

    [Theory]
    [InlineData("0/s")]
    [InlineData("-3")]
    [InlineData("fast")]
    [InlineData("5/m")]
    public void Other_rates_are_not(string text) => RateValue.TryParse(text, out _).ShouldBeFalse();
}
