using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Client;

namespace Headrace.Cli.Top;

/// <summary>Follows a server's overview over the console's API, signed in with the caller's access key where one has to be.</summary>
internal sealed class OverviewFeed : IDisposable
{
    private readonly ClientOptions _options;
    private readonly HttpClient _http;
    private readonly string _region;

    public OverviewFeed(ClientOptions options)
    {
        _options = options;
        Address = ClientEndpoint.Resolve("kinesis", options);
        if (options.Aws || ClientEndpoint.IsAws(Address))
            throw new UsageException("top watches a Headrace server; AWS has CloudWatch for that");
        _region = ClientEndpoint.ResolveRegion(options);
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = TrustedRoots.Of(options), UseCookies = true }) { BaseAddress = new Uri(Address, "/console/api/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add("X-Headrace-Console", "top");
    }

    public Uri Address { get; }

    /// <exception cref="CommandFailedException">Nobody answers, it is no Headrace, or the access key is not right.</exception>
    public async Task SignInAsync(CancellationToken cancellation)
    {
        using var answer = await GetAsync("session", cancellation);
        var session = await answer.Content.ReadFromJsonAsync(OverviewJson.Default.ConsoleSession, cancellation);
        if (session is not { AsksForKey: true })
            return;
        var key = await ClientEndpoint.ResolveCredentials(Address, _options).GetCredentialsAsync();
        using var signedIn = await _http.PostAsJsonAsync("session", new ConsoleKey(key.AccessKey, key.SecretKey), OverviewJson.Default.ConsoleKey, cancellation);
        await RequireAsync(signedIn, cancellation);
    }

    /// <summary>The overview now and then each second, until the server ends.</summary>
    public async IAsyncEnumerable<Overview> FollowAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var answer = await GetAsync($"events?region={Uri.EscapeDataString(_region)}", cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var events = SseParser.Create(body, static (_, data) => JsonSerializer.Deserialize(data, OverviewJson.Default.Overview)!).EnumerateAsync(cancellation);
        await foreach (var each in events)
            yield return each.Data;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellation)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailedException($"cannot reach {Address.GetLeftPart(UriPartial.Authority)}: {failure.Message}", failure);
        }
        await RequireAsync(answer, cancellation);
        return answer;
    }

    private async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
            return;
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        throw new CommandFailedException(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && text.StartsWith('{')
            ? JsonDocument.Parse(text).RootElement.GetProperty("message").GetString()!
            : $"{Address.GetLeftPart(UriPartial.Authority)} is no Headrace server, or one that has no console: {(int)answer.StatusCode}");
    }
}
