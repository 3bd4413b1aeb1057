using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.Signing;

// Signature Version 2, which older clients of S3 still use, for presigned addresses above all.
internal sealed partial class SignatureVerifier
{
    private const string LegacyScheme = "AWS ";

    /// <summary>Parameters that are part of what is signed.</summary>
    private static readonly HashSet<string> SignedParameters = new(StringComparer.Ordinal)
    {
        "accelerate", "acl", "cors", "delete", "encryption", "legal-hold", "lifecycle", "location", "logging", "notification", "object-lock",
        "partNumber", "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment", "response-cache-control",
        "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
        "restore", "retention", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
    };

    public static bool IsLegacy(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(LegacyScheme, StringComparison.Ordinal)
        || (request.Query.ContainsKey("AWSAccessKeyId") && request.Query.ContainsKey("Signature"));

    /// <summary>The access key id of a request that is signed so; it is only claimed.</summary>
    public static string LegacyAccessKey(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(LegacyScheme, StringComparison.Ordinal) ? header[LegacyScheme.Length..].Split(':', 2)[0] : request.Query["AWSAccessKeyId"].ToString();
    }

    /// <summary>Verifies a request to S3; gives the access key id.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bucketOfHost">The bucket that the host names; null when the path does.</param>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public string VerifyLegacy(HttpRequest request, string? bucketOfHost)
    {
        var isPresigned = !request.Headers.Authorization.ToString().StartsWith(LegacyScheme, StringComparison.Ordinal);
        if (!isPresigned && !request.Headers.Authorization.ToString().Contains(':', StringComparison.Ordinal))
            throw new SignatureException(SignatureFault.MalformedLegacyHeader, "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature");
        var (date, signedAt) = isPresigned ? ExpiryOf(request) : DateOf(request);
        var claim = new SignatureClaim
        {
            AccessKeyId = LegacyAccessKey(request),
            Date = "",
            Region = "",
            Service = "s3",
            SignedHeaders = [],
            Signature = isPresigned ? request.Query["Signature"].ToString() : request.Headers.Authorization.ToString().Split(':', 2) is [_, var signature] ? signature : "",
            SignedAt = signedAt,
            IsPresigned = isPresigned,
            Lifetime = isPresigned ? TimeSpan.Zero : null,
        };
        if (!accessKeys.TryGetValue(claim.AccessKeyId, out var secret))
            throw Refusal(SignatureFault.UnknownAccessKey, "The security token included in the request is invalid.", claim);
        var now = time.GetUtcNow();
        if (isPresigned && signedAt < now)
            throw Refusal(SignatureFault.Expired, "Signature expired.", claim);
        if (!isPresigned && (now - signedAt).Duration() > AllowedSkew)
            throw Refusal(SignatureFault.ClockSkew, "Signature expired.", claim);
        var text = LegacyStringToSign(request, date, bucketOfHost);
        Compare(text, LegacySignature(secret, text), claim);
        return claim.AccessKeyId;
    }

    private static string LegacyStringToSign(HttpRequest request, string date, string? bucketOfHost)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n').Append(request.Headers.ContentMD5.ToString()).Append('\n')
            .Append(request.Headers.ContentType.ToString()).Append('\n').Append(date).Append('\n');
        foreach (var header in request.Headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key.ToLowerInvariant(), header.Value)).OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(header.Name).Append(':').AppendJoin(',', header.Value.Select(value => value!.Trim())).Append('\n');
        }
        if (bucketOfHost is not null)
            text.Append('/').Append(bucketOfHost);
        text.Append(request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2)[0]);
        var separator = '?';
        foreach (var (name, value) in request.Query.Where(parameter => SignedParameters.Contains(parameter.Key)).OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(name);
            if (value.ToString() is { Length: > 0 } shown)
                text.Append('=').Append(shown);
            separator = '&';
        }
        return text.ToString();
    }

    private static (string Text, DateTimeOffset Time) ExpiryOf(HttpRequest request)
    {
        var text = request.Query["Expires"].ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? (text, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : throw new SignatureException(SignatureFault.InvalidExpiry, $"Invalid date (should be seconds since epoch): {text}");
    }

    private static (string Text, DateTimeOffset Time) DateOf(HttpRequest request)
    {
        // Amazon's own header counts before HTTP's, even where it says nothing.
        var isAmazons = request.Headers.TryGetValue("x-amz-date", out var amazons);
        var text = isAmazons ? amazons.ToString() : request.Headers.Date.ToString();
        return TryParseDate(text, out var time)
            ? (isAmazons ? "" : text, time)
            : throw new SignatureException(SignatureFault.UndatedRequest, "AWS authentication requires a valid Date or x-amz-date header");
    }

    /// <summary>The day of the week is not looked at: clients that make up dates get it wrong.</summary>
    private static bool TryParseDate(string text, out DateTimeOffset time)
    {
        var dated = text.IndexOf(',', StringComparison.Ordinal) is 3 ? text[4..] : text;
        return (SigningTime.TryParse(text, out time) || DateTimeOffset.TryParse(dated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
            && time >= DateTimeOffset.UnixEpoch;
    }
}
