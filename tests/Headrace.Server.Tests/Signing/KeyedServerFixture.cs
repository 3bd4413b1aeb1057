using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Headrace.Server.Hosting;

namespace Headrace.Server.Tests.Signing;

/// <summary>A whole server in this process that wants every request signed.</summary>
public sealed class KeyedServerFixture : IAsyncLifetime
{
    public const string AccessKey = "AKIAHEADRACE";
    public const string AccountKey = "123456789012";
    public const string Secret = "a secret/with+signs";

    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-server-").FullName;
    private HeadraceServer? _server;

    public HttpClient Http { get; } = new();

    public Uri Endpoint => _server!.Endpoint;

    public async ValueTask InitializeAsync() => _server = await HeadraceServer.StartAsync(new ServerOptions
    {
        DataDirectory = _directory,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        StateDelay = TimeSpan.FromMilliseconds(5),
        AccessKeys = new Dictionary<string, string> { [AccessKey] = Secret, [AccountKey] = Secret },
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Sends a request signed by AWS's own signer; what is sent may be changed after it was signed.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        string service, HttpMethod method, string target, string body, string accessKey, string secret, (string Name, string Value)[] headers, Action<HttpRequestMessage>? alter = null)
    {
        var uri = new Uri(Endpoint, target);
        var signing = new AWSSigningRequest { HttpMethod = method, RequestUri = uri, Content = System.Text.Encoding.UTF8.GetBytes(body) };
        foreach (var (name, value) in headers)
            signing.Headers[name] = value;
        var signed = await AWSSigV4Signer.SignAsync(signing, ParametersOf(service, accessKey, secret));
        using var request = new HttpRequestMessage(method, uri);
        if (method != HttpMethod.Get)
            request.Content = new ByteArrayContent(signing.Content);
        foreach (var (name, value) in headers.Concat(signed.Headers.Select(header => (Name: header.Key, header.Value))).DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        alter?.Invoke(request);
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A presigned URL for a target of this server.</summary>
    public Uri Presign(string service, HttpMethod method, string target, TimeSpan lifetime) =>
        AWSSigV4Signer.Presign(new AWSSigningRequest { HttpMethod = method, RequestUri = new Uri(Endpoint, target) }, ParametersOf(service, AccessKey, Secret), lifetime).Uri;

    private static AWSSigV4Parameters ParametersOf(string service, string accessKey, string secret) => new()
    {
        Credentials = new BasicAWSCredentials(accessKey, secret),
        Region = RegionEndpoint.EUWest1,
        Service = service,
    };
}
