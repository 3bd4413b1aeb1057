using Amazon.Runtime;

namespace Headrace.Client;

/// <summary>Has the stores' AWS clients believe whom this library believes.</summary>
internal sealed class LeaseHttpClients(ClientOptions options) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new SocketsHttpHandler { SslOptions = TrustedRoots.Of(options), AllowAutoRedirect = false, UseCookies = false }) { Timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(30) };

    /// <summary>A store has its own client, which goes with it.</summary>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
