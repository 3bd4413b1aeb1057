using System.Globalization;
using System.Text;
using Headrace.Server.Signing;

namespace Headrace.Server.S3;

/// <summary>What S3 answers to a signature that is not accepted.</summary>
internal static class S3SignatureErrors
{
    private const string Malformed = "The authorization header is malformed; ";

    public static S3Exception Of(SignatureException refusal)
    {
        var claim = refusal.Claim;
        return refusal.Fault switch
        {
            SignatureFault.Missing => S3Exception.AccessDenied(),
            SignatureFault.UndatedRequest => new S3Exception(403, "AccessDenied", refusal.Message),
            SignatureFault.MalformedLegacyHeader => new S3Exception(400, "InvalidArgument", refusal.Message) { Details = [("ArgumentName", "Authorization")] },
            SignatureFault.SignedTwice => new S3Exception(400, "InvalidArgument", "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified"),
            SignatureFault.UnsupportedAlgorithm => new S3Exception(400, "InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."),
            SignatureFault.InvalidExpiry => new S3Exception(400, "AuthorizationQueryParametersError", refusal.Message),
            SignatureFault.Incomplete => new S3Exception(400, "AuthorizationHeaderMalformed", Malformed + refusal.Message),
            SignatureFault.IncompleteQuery => new S3Exception(400, "AuthorizationQueryParametersError", "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."),
            SignatureFault.MalformedCredential => new S3Exception(400, "AuthorizationHeaderMalformed", Malformed + "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."),
            SignatureFault.MissingPayloadHash => new S3Exception(400, "InvalidRequest", refusal.Message),
            SignatureFault.UnsignedHeader => new S3Exception(403, "AccessDenied", "There were headers present in the request which were not signed") { Details = [("HeadersNotSigned", refusal.UnsignedHeader!)] },
            SignatureFault.UnknownAccessKey => new S3Exception(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.") { Details = [("AWSAccessKeyId", claim!.AccessKeyId)] },
            SignatureFault.WrongScope => WrongScope(claim!),
            SignatureFault.ClockSkew => Skewed(refusal),
            SignatureFault.NotYetValid => new S3Exception(403, "AccessDenied", "Request is not yet valid") { Details = [("ServerTime", Iso(refusal.ServerTime))] },
            SignatureFault.Expired => Expired(refusal),
            _ => Mismatch(refusal),
        };
    }

    private static S3Exception WrongScope(SignatureClaim claim)
    {
        var fault = claim.Service == "s3"
            ? $"Invalid credential date \"{claim.Date}\". This date is not the same as X-Amz-Date: \"{claim.Timestamp[..8]}\"."
            : $"incorrect service \"{claim.Service}\". This endpoint belongs to \"s3\".";
        return claim.IsPresigned
            ? new S3Exception(400, "AuthorizationQueryParametersError", $"Error parsing the X-Amz-Credential parameter; {fault}")
            : new S3Exception(400, "AuthorizationHeaderMalformed", Malformed + fault);
    }

    private static S3Exception Skewed(SignatureException refusal) => new(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
    {
        Details =
        [
            ("RequestTime", refusal.Claim!.Timestamp),
            ("ServerTime", Iso(refusal.ServerTime)),
            ("MaxAllowedSkewMilliseconds", SignatureVerifier.AllowedSkew.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
        ],
    };

    private static S3Exception Expired(SignatureException refusal)
    {
        var lifetime = refusal.Claim!.Lifetime!.Value;
        if (refusal.Claim.Date.Length == 0)
            return new S3Exception(403, "AccessDenied", "Request has expired") { Details = [("Expires", Iso(refusal.Claim.SignedAt)), ("ServerTime", Iso(refusal.ServerTime))] };
        return new S3Exception(403, "AccessDenied", "Request has expired")
        {
            Details =
            [
                ("X-Amz-Expires", lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
                ("Expires", Iso(refusal.Claim.SignedAt + lifetime)),
                ("ServerTime", Iso(refusal.ServerTime)),
            ],
        };
    }

    private static S3Exception Mismatch(SignatureException refusal)
    {
        var expected = refusal.Expected!;
        return new S3Exception(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
        {
            Details =
            [
                ("AWSAccessKeyId", refusal.Claim!.AccessKeyId),
                ("StringToSign", expected.StringToSign),
                ("SignatureProvided", refusal.Claim.Signature),
                ("StringToSignBytes", Octets(expected.StringToSign)),
                ("CanonicalRequest", expected.Text),
                ("CanonicalRequestBytes", Octets(expected.Text)),
            ],
        };
    }

    private static string Octets(string text) => string.Join(' ', Encoding.UTF8.GetBytes(text).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
