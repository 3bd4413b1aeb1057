using Amazon.Runtime;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>Has AWS's own clients believe whom ours believe.</summary>
/// <param name="options">Whom.</param>
/// <param name="isLasting">Whether the client lives for long, and so keeps its connections.</param>
internal sealed class TrustingHttpClients(ClientOptions options, bool isLasting = false) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new SocketsHttpHandler { SslOptions = TrustedRoots.Of(options), AllowAutoRedirect = false, UseCookies = false }) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    /// <summary>A command's client has nothing to share.</summary>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => isLasting;
}
