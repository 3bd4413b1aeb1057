using System.Net;
using System.Text;
using Headrace.Server.Metrics.Scraping;
using Headrace.Server.Tests.Signing;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Tests.Metrics;

/// <summary>Who may scrape a server that knows access keys.</summary>
public sealed class ProtectedMetricsTests(KeyedServerFixture server) : IClassFixture<KeyedServerFixture>
{
    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("::ffff:192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData(null)]
    public async Task Nobody_beyond_this_machine(string? address)
    {
        var (status, body) = await GetAsync("/metrics", address);
        status.ShouldBe(StatusCodes.Status403Forbidden);
        body.ShouldBe("Where access keys are configured, metrics are scraped from this machine only.\n");
    }

    [Fact]
    public async Task Whether_it_lives_is_told_to_everybody() => (await GetAsync("/healthz", "192.0.2.7")).ShouldBe((StatusCodes.Status200OK, "ok\n"));

    [Fact]
    public async Task This_machine_scrapes_without_a_signature()
    {
        using var answer = await server.Http.GetAsync(new Uri(server.Endpoint, "/metrics"), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("process_start_time_seconds");
    }

    /// <summary>Asks the handler itself, as from an address that a test can't have; what it refuses it doesn't look at.</summary>
    private static async Task<(int Status, string Body)> GetAsync(string path, string? address)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        (http.Request.Method, http.Request.Path, http.Response.Body) = (HttpMethods.Get, path, body);
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        await new MonitoringHandler(null!, null!, isProtected: true).HandleAsync(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
