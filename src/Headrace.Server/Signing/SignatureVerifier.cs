using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Signing;

/// <summary>Verifies Signature Version 4, in the Authorization header or presigned in the query. Thread-safe.</summary>
/// <param name="accessKeys">Access key ids and their secrets.</param>
/// <param name="time">The clock that requests' times are compared with.</param>
internal sealed partial class SignatureVerifier(IReadOnlyDictionary<string, string> accessKeys, TimeProvider time)
{
    /// <summary>How far the clocks of client and server may be apart.</summary>
    public static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>Verifies a request to S3. The body is checked later, against what x-amz-content-sha256 says of it.</summary>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public RequestSignature VerifyS3(HttpRequest request)
    {
        var claim = Check(request, "s3");
        return Match(request, claim, S3PayloadHash(request, claim));
    }

    /// <summary>Verifies a request to another service, whose signature covers the body itself.</summary>
    /// <param name="request">The request.</param>
    /// <param name="service">The service's signing name, such as <c>kinesis</c>.</param>
    /// <param name="body">The whole body as it was sent.</param>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public RequestSignature Verify(HttpRequest request, string service, ReadOnlySpan<byte> body) =>
        Match(request, Check(request, service), Convert.ToHexStringLower(SHA256.HashData(body)));

    private static string S3PayloadHash(HttpRequest request, SignatureClaim claim)
    {
        const string name = "x-amz-content-sha256";
        var header = request.Headers[name].ToString();
        if (!claim.IsPresigned)
            return header.Length > 0 ? header : throw new SignatureException(SignatureFault.MissingPayloadHash, $"Missing required header for this request: {name}") { Claim = claim };
        if (header.Length > 0 && claim.SignedHeaders.Contains(name))
            return header;
        return request.Query[name].ToString() is { Length: > 0 } parameter ? parameter : UnsignedPayload;
    }

    /// <summary>Everything that can be told without the secret.</summary>
    private SignatureClaim Check(HttpRequest request, string service)
    {
        var claim = SignatureClaimReader.Read(request, forS3: service == "s3");
        if (claim.IsPresigned && claim.Lifetime is null && service == "s3")
            throw Refusal(SignatureFault.IncompleteQuery, "AWS query-string parameters must include 'X-Amz-Expires'. Re-examine the query-string parameters.", claim);
        if (!accessKeys.ContainsKey(claim.AccessKeyId))
            throw Refusal(SignatureFault.UnknownAccessKey, "The security token included in the request is invalid.", claim);
        CheckScope(claim, service);
        CheckTime(claim);
        CheckHeaders(request, claim);
        return claim;
    }

    private void CheckScope(SignatureClaim claim, string service)
    {
        if (claim.Service != service)
            throw Refusal(SignatureFault.WrongScope, $"Credential should be scoped to correct service: '{service}'.", claim);
        if (!claim.Timestamp.StartsWith(claim.Date, StringComparison.Ordinal) || claim.Date.Length != 8)
        {
            throw Refusal(
                SignatureFault.WrongScope,
                $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{claim.Date}' != '{claim.Timestamp[..8]}', from '{claim.Timestamp}'.",
                claim);
        }
    }

    private void CheckTime(SignatureClaim claim)
    {
        var now = time.GetUtcNow();
        if (claim.SignedAt > now + AllowedSkew)
        {
            throw Refusal(
                claim.IsPresigned ? SignatureFault.NotYetValid : SignatureFault.ClockSkew,
                $"Signature not yet current: {claim.Timestamp} is still later than {SigningTime.Format(now + AllowedSkew)} ({SigningTime.Format(now)} + {AllowedSkew.TotalMinutes} min.)",
                claim);
        }
        if (claim.Lifetime is { } lifetime)
        {
            if (claim.SignedAt + lifetime < now)
                throw Refusal(SignatureFault.Expired, $"Signature expired: {SigningTime.Format(claim.SignedAt + lifetime)} is now earlier than {SigningTime.Format(now)}", claim);
        }
        else if (claim.SignedAt < now - AllowedSkew)
        {
            throw Refusal(
                SignatureFault.ClockSkew,
                $"Signature expired: {claim.Timestamp} is now earlier than {SigningTime.Format(now - AllowedSkew)} ({SigningTime.Format(now)} - {AllowedSkew.TotalMinutes} min.)",
                claim);
        }
    }

    /// <summary>What isn't signed could be changed on the way: the host and all of AWS's own headers must be.</summary>
    private void CheckHeaders(HttpRequest request, SignatureClaim claim)
    {
        if (!claim.SignedHeaders.Contains("host"))
            throw Unsigned("'Host' or ':authority'", "host", claim);
        foreach (var header in request.Headers.Keys)
        {
            if (!header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || claim.SignedHeaders.Contains(header, StringComparer.OrdinalIgnoreCase))
                continue;
            // A presigned request's body is not part of its signature; the header only makes it be checked.
            if (!claim.IsPresigned || !header.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase))
                throw Unsigned($"'{header}'", header, claim);
        }
    }

    private RequestSignature Match(HttpRequest request, SignatureClaim claim, string payloadHash)
    {
        var expected = CanonicalRequest.Of(request, claim, payloadHash);
        var key = SigningKey(accessKeys[claim.AccessKeyId], claim);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(expected.StringToSign)));
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(claim.Signature)))
            return new RequestSignature(claim.AccessKeyId, claim.Region, claim.Scope, claim.Timestamp, key, signature);
        throw new SignatureException(
            SignatureFault.Mismatch,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
        {
            Claim = claim,
            ServerTime = time.GetUtcNow(),
            Expected = expected,
        };
    }

    private static byte[] SigningKey(string secret, SignatureClaim claim)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in new[] { claim.Date, claim.Region, claim.Service, "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private SignatureException Unsigned(string shown, string header, SignatureClaim claim) =>
        new(SignatureFault.UnsignedHeader, $"{shown} must be a 'SignedHeader' in the AWS Authorization.")
        {
            Claim = claim,
            UnsignedHeader = header.ToLower(CultureInfo.InvariantCulture),
            ServerTime = time.GetUtcNow(),
        };

    private SignatureException Refusal(SignatureFault fault, string message, SignatureClaim claim) =>
        new(fault, message) { Claim = claim, ServerTime = time.GetUtcNow() };
}
