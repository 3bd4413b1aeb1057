using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>Asks STS whose account a caller's is.</summary>
internal static class CallerAccount
{
    /// <returns>The account's 12 digits.</returns>
    public static async Task<string> OfAsync(ClientOptions options, CancellationToken cancellation)
    {
        var endpoint = ClientEndpoint.Resolve("sts", options);
        using var sts = new AmazonSecurityTokenServiceClient(ClientEndpoint.ResolveCredentials(endpoint, options), new AmazonSecurityTokenServiceConfig
        {
            ServiceURL = endpoint.AbsoluteUri,
            AuthenticationRegion = ClientEndpoint.ResolveRegion(options),
            MaxErrorRetry = 2,
            HttpClientFactory = new TrustingHttpClients(options),
        });
        return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation)).Account;
    }
}
