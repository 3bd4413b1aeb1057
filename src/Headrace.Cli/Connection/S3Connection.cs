using Amazon.S3;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>Opens the S3 client for the endpoint that our own order finds.</summary>
internal static class S3Connection
{
    /// <summary>The caller disposes the client.</summary>
    public static AmazonS3Client Open(ClientOptions options)
    {
        var endpoint = ClientEndpoint.Resolve("s3", options);
        return new AmazonS3Client(ClientEndpoint.ResolveCredentials(endpoint, options), new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = ClientEndpoint.ResolveRegion(options),
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromMinutes(10),
            HttpClientFactory = new TrustingHttpClients(options),
        });
    }
}
