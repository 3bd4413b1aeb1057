using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Signing;

/// <summary>Tells from a request's credential scope who calls and in which account and region.</summary>
internal sealed class CallerResolver(ServerOptions options)
{
    private const string DefaultRegion = "us-east-1";

    public Caller Resolve(HttpRequest request)
    {
        var (accessKey, region) = CredentialOf(request);
        var account = accessKey.Length == 12 && accessKey.All(char.IsAsciiDigit) ? accessKey : options.AccountId;
        return new Caller(new AccountScope(account, region.Length > 0 ? region : DefaultRegion), accessKey);
    }

    /// <summary>The credential is <c>AKID/20261123/us-east-1/kinesis/aws4_request</c>, in the header or (presigned) in the query.</summary>
    private static (string AccessKey, string Region) CredentialOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        const string marker = "Credential=";
        var at = authorization.IndexOf(marker, StringComparison.Ordinal);
        var credential = at >= 0
            ? authorization[(at + marker.Length)..].Split(',', 2)[0].Trim()
            : request.Query["X-Amz-Credential"].ToString();
        var parts = credential.Split('/');
        return parts.Length >= 5 ? (string.Join('/', parts[..^4]), parts[^3]) : (credential, "");
    }
}
