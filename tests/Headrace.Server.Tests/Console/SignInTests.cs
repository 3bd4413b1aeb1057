using System.Net;
using System.Text;
using Headrace.Server.Hosting;

namespace Headrace.Server.Tests.Console;

/// <summary>Who may use the console of a server that knows access keys.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-console-").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });
    private HeadraceServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HeadraceServer.StartAsync(new ServerOptions
    {
        DataDirectory = _directory,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        AccessKeys = new Dictionary<string, string> { ["AKIDEXAMPLE"] = "secret", ["123456789012"] = "other" },
    });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Nothing_is_told_before_one_has_signed_in()
    {
        foreach (var path in new[] { "overview", "events", "streams/any", "streams/any/tail", "s3/" })
            (await SendAsync(HttpMethod.Get, path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        (await SendAsync(HttpMethod.Post, "kinesis/ListStreams", "{}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(HttpMethod.Get, "overview", cookie: "headrace_console=0000")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_lasts_until_it_is_ended()
    {
        var cookie = await SignInAsync("AKIDEXAMPLE", "secret");
        (await SendAsync(HttpMethod.Get, "overview", cookie: cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Post, "kinesis/ListStreams", "{}", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Delete, "session", cookie: cookie)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Get, "overview", cookie: cookie)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_acts_for_the_account_of_its_key()
    {
        var cookie = await SignInAsync("123456789012", "other");
        var overview = await (await SendAsync(HttpMethod.Get, "overview?account=000000000000", cookie: cookie)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        overview.ShouldContain("\"account\":\"123456789012\"");
    }

    [Theory]
    [InlineData("AKIDEXAMPLE", "wrong", HttpStatusCode.Forbidden)]
    [InlineData("UNKNOWN", "secret", HttpStatusCode.Forbidden)]
    [InlineData("UNKNOWN", "", HttpStatusCode.Forbidden)]
    public async Task Other_keys_are_refused(string id, string secret, HttpStatusCode expected) =>
        (await SendAsync(HttpMethod.Post, "session", Credentials(id, secret))).StatusCode.ShouldBe(expected);

    [Fact]
    public async Task Whoever_tries_on_has_to_wait()
    {
        for (var i = 0; i < 10; i++)
            (await SendAsync(HttpMethod.Post, "session", Credentials("AKIDEXAMPLE", $"guess{i}"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Post, "session", Credentials("AKIDEXAMPLE", "secret"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static string Credentials(string id, string secret) => $$"""{"accessKeyId":"{{id}}","secretAccessKey":"{{secret}}"}""";

    private async Task<string> SignInAsync(string id, string secret)
    {
        var response = await SendAsync(HttpMethod.Post, "session", Credentials(id, secret));
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        return cookie.Split(';')[0];
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Endpoint, $"console/api/{path}"));
        request.Headers.Add("X-Headrace-Console", "1");
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
