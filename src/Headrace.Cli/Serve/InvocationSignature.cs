using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Headrace.Client;

namespace Headrace.Cli.Serve;

/// <summary>Signs invocations of functions with the credentials of the standard chain, for the region in the function's ARN.</summary>
internal sealed class InvocationSignature
{
    private const string HashHeader = "X-Amz-Content-SHA256";

    private readonly AWSCredentials _credentials;

    /// <exception cref="InvalidOperationException">There are no credentials for the real service.</exception>
    public InvocationSignature(Uri endpoint) => _credentials = ClientEndpoint.ResolveCredentials(endpoint, new ClientOptions { EndpointUrl = endpoint });

    public async Task SignAsync(HttpRequestMessage request, string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var signing = new AWSSigningRequest { HttpMethod = request.Method, RequestUri = request.RequestUri };
        signing.Headers["Content-Type"] = "application/json";
        signing.Headers[HashHeader] = Convert.ToHexStringLower(SHA256.HashData(payload.Span));
        var region = RegionEndpoint.GetBySystemName(functionArn.Split(':', 5)[3]);
        var signed = await AWSSigV4Signer.SignAsync(signing, new AWSSigV4Parameters { Credentials = _credentials, Region = region, Service = "lambda" }, cancellation);
        request.Headers.TryAddWithoutValidation(HashHeader, signing.Headers[HashHeader]);
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.Contains(name) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
