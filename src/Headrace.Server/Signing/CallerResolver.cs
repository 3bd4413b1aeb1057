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
    /// <param name="request">The request.</param>
    /// <param name="bucketOfHost">The bucket that the host names; null when the path does.</param>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public (Caller Caller, RequestSignature? Signature) ResolveS3(HttpRequest request, string? bucketOfHost)
    {
        if (SignatureVerifier.IsLegacy(request))
            return (CallerOf(_verifier?.VerifyLegacy(request, bucketOfHost) ?? SignatureVerifier.LegacyAccessKey(request), ""), null);
        if (_verifier is null)
            return (Claimed(request), null);
        try
        {
            var signature = _verifier.VerifyS3(request);
            return (Verified(signature), signature);
        }
        catch (SignatureException unsigned) when (unsigned.Fault == SignatureFault.Missing)
        {
            // A bucket may be open to everybody.
            return (Caller.Unknown, null);
        }
    }

    /// <summary>Who sends what carries no signature.</summary>
    public Caller ResolveUnsigned() => _verifier is null ? CallerOf("", "") : Caller.Unknown;

    /// <summary>The caller of S3 who signed a form's policy.</summary>
    /// <param name="policy">The policy in base64, which is what is signed.</param>
    /// <param name="credential">The access key id; in version 4 with its scope.</param>
    /// <param name="signature">What the form says.</param>
    /// <param name="date">The time of a signature of version 4.</param>
    /// <param name="isVersion4">Otherwise it is version 2.</param>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public Caller ResolveForm(string policy, string credential, string signature, string? date, bool isVersion4)
    {
        if (!isVersion4)
        {
            _verifier?.VerifyPolicy(policy, credential, signature);
            return CallerOf(credential, "");
        }
        var claim = SignatureClaimReader.Claim(credential, "", signature, SigningTime.TryParse(date ?? "", out var at) ? at : default, isPresigned: false);
        _verifier?.VerifyPolicy(policy, claim);
        return CallerOf(claim.AccessKeyId, claim.Region);
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
