using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Signing;

/// <summary>
/// Tells who calls, and in which account and region. Where access keys are configured a request's signature is verified
/// first; without any, which only a loopback address allows, the credential's word is taken, and none is needed.
/// </summary>
internal sealed class CallerResolver(ServerOptions options, TimeProvider time)
{
    private const string DefaultRegion = "us-east-1";

    private readonly SignatureVerifier? _verifier = options.AccessKeys.Count > 0 ? new SignatureVerifier(options.AccessKeys, time) : null;

    /// <summary>The caller of a service whose signatures cover the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="service">The service's signing name, such as <c>kinesis</c>.</param>
    /// <param name="body">The whole body.</param>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public Caller Resolve(HttpRequest request, string service, ReadOnlySpan<byte> body) =>
        _verifier is null ? Claimed(request) : Verified(_verifier.Verify(request, service, body));

    /// <summary>The caller of S3, with the signature that the body's chunks go on from: null where none is verified.</summary>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public (Caller Caller, RequestSignature? Signature) ResolveS3(HttpRequest request)
    {
        if (_verifier is null)
            return (Claimed(request), null);
        var signature = _verifier.VerifyS3(request);
        return (Verified(signature), signature);
    }

    /// <summary>The credential is <c>AKID/20261123/us-east-1/kinesis/aws4_request</c>, in the header or (presigned) in the query.</summary>
    private Caller Claimed(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        const string marker = "Credential=";
        var at = authorization.IndexOf(marker, StringComparison.Ordinal);
        var credential = at >= 0
            ? authorization[(at + marker.Length)..].Split(',', 2)[0].Trim()
            : request.Query["X-Amz-Credential"].ToString();
        var parts = credential.Split('/');
        return parts.Length >= 5 ? CallerOf(string.Join('/', parts[..^4]), parts[^3]) : CallerOf(credential, "");
    }

    private Caller Verified(RequestSignature signature) => CallerOf(signature.AccessKeyId, signature.Region);

    private Caller CallerOf(string accessKey, string region)
    {
        var account = accessKey.Length == 12 && accessKey.All(char.IsAsciiDigit) ? accessKey : options.AccountId;
        return new Caller(new AccountScope(account, region.Length > 0 ? region : DefaultRegion), accessKey);
    }
}
