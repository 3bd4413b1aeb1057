using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Signing;

/// <summary>Reads the signature of a request from its Authorization header or (presigned) from its query.</summary>
internal static class SignatureClaimReader
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string Terminator = "aws4_request";
    private const int LongestLifetime = 7 * 24 * 60 * 60;

    /// <param name="request">The request.</param>
    /// <param name="forS3">Whether any part of a signature in the query means that there is one, as S3 sees it; elsewhere its algorithm does.</param>
    /// <exception cref="SignatureException">There is no signature, or it can't be read.</exception>
    public static SignatureClaim Read(HttpRequest request, bool forS3)
    {
        var authorization = request.Headers.Authorization.ToString();
        var presigned = request.Query.ContainsKey("X-Amz-Algorithm") || (forS3 && (request.Query.ContainsKey("X-Amz-Credential") || request.Query.ContainsKey("X-Amz-Signature")));
        if (presigned)
        {
            return authorization.Length == 0
                ? ReadQuery(request)
                : throw new SignatureException(SignatureFault.SignedTwice, "The request is signed in its Authorization header and in its query: only one of the two is allowed.");
        }
        if (authorization.Length > 0)
            return ReadHeader(request, authorization);
        throw request.Query.ContainsKey("AWSAccessKeyId") ? Unsupported("AWS2") : new SignatureException(SignatureFault.Missing, "Missing Authentication Token");
    }

    private static SignatureClaim ReadHeader(HttpRequest request, string authorization)
    {
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        var algorithm = space < 0 ? authorization : authorization[..space];
        if (algorithm.StartsWith("AWS", StringComparison.Ordinal) && algorithm != Algorithm)
            throw Unsupported(algorithm);
        var parts = algorithm == Algorithm ? PartsOf(authorization[(space + 1)..]) : [];
        var date = request.Headers["x-amz-date"].ToString() is { Length: > 0 } own ? own : request.Headers.Date.ToString();
        var missing = new StringBuilder();
        foreach (var name in new[] { "Credential", "Signature", "SignedHeaders" })
        {
            if (!parts.ContainsKey(name))
                missing.Append(CultureInfo.InvariantCulture, $"Authorization header requires '{name}' parameter. ");
        }
        if (date.Length == 0)
            missing.Append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        if (missing.Length > 0)
        {
            // Hashed as AWS does it: the header may hold somebody's password.
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)));
            throw new SignatureException(SignatureFault.Incomplete, $"{missing}(Hashed with SHA-256 and encoded with Base64) Authorization={hash}");
        }
        if (!SigningTime.TryParse(date, out var signedAt))
            throw new SignatureException(SignatureFault.Incomplete, $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");
        return Claim(parts["Credential"], parts["SignedHeaders"], parts["Signature"], signedAt, isPresigned: false);
    }

    private static SignatureClaim ReadQuery(HttpRequest request)
    {
        var query = request.Query;
        var missing = new StringBuilder();
        foreach (var name in new[] { "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date" })
        {
            if (query[name].ToString().Length == 0)
                missing.Append(CultureInfo.InvariantCulture, $"AWS query-string parameters must include '{name}'. ");
        }
        if (missing.Length > 0)
            throw new SignatureException(SignatureFault.IncompleteQuery, $"{missing}Re-examine the query-string parameters.");
        if (query["X-Amz-Algorithm"] != Algorithm)
            throw Unsupported(query["X-Amz-Algorithm"].ToString());
        if (!SigningTime.TryParse(query["X-Amz-Date"].ToString(), out var signedAt))
            throw new SignatureException(SignatureFault.IncompleteQuery, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        return Claim(query["X-Amz-Credential"].ToString(), query["X-Amz-SignedHeaders"].ToString(), query["X-Amz-Signature"].ToString(), signedAt, isPresigned: true)
            with
        { Lifetime = LifetimeOf(query["X-Amz-Expires"].ToString()) };
    }

    private static TimeSpan? LifetimeOf(string text)
    {
        if (text.Length == 0)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw new SignatureException(SignatureFault.InvalidExpiry, "X-Amz-Expires should be a number");
        return seconds switch
        {
            < 0 => throw new SignatureException(SignatureFault.InvalidExpiry, "X-Amz-Expires must be non-negative"),
            > LongestLifetime => throw new SignatureException(SignatureFault.InvalidExpiry, $"X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than {LongestLifetime} seconds"),
            _ => TimeSpan.FromSeconds(seconds),
        };
    }

    public static SignatureClaim Claim(string credential, string signedHeaders, string signature, DateTimeOffset signedAt, bool isPresigned)
    {
        var parts = credential.Split('/');
        if (parts.Length < 5 || parts[^1] != Terminator || parts.Any(part => part.Length == 0))
            throw new SignatureException(SignatureFault.MalformedCredential, $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");
        return new SignatureClaim
        {
            AccessKeyId = string.Join('/', parts[..^4]),
            Date = parts[^4],
            Region = parts[^3],
            Service = parts[^2],
            SignedHeaders = signedHeaders.ToLower(CultureInfo.InvariantCulture).Split(';'),
            Signature = signature,
            SignedAt = signedAt,
            IsPresigned = isPresigned,
        };
    }

    private static Dictionary<string, string> PartsOf(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && equals + 1 < part.Length)
                parts[part[..equals]] = part[(equals + 1)..];
        }
        return parts;
    }

    private static SignatureException Unsupported(string algorithm) =>
        new(SignatureFault.UnsupportedAlgorithm, $"Unsupported AWS 'algorithm': '{algorithm}' (only {Algorithm} for now).");
}
