using Amazon.Runtime;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>Has AWS's own clients believe whom ours believe.</summary>
internal sealed class TrustingHttpClients(ClientOptions options) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new SocketsHttpHandler { SslOptions = TrustedRoots.Of(options), AllowAutoRedirect = false, UseCookies = false }) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    /// <summary>One command, one client: there is nothing to share.</summary>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
}
