using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.Signing;

/// <summary>A request in the one form that both sides sign.</summary>
/// <param name="Text">The canonical request.</param>
/// <param name="StringToSign">Its hash, with algorithm, time and scope.</param>
internal sealed partial record CanonicalRequest(string Text, string StringToSign)
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <param name="request">The request.</param>
    /// <param name="claim">Which headers are signed, when and for which scope.</param>
    /// <param name="payloadHash">The last line: the body's hash, or what stands for it.</param>
    public static CanonicalRequest Of(HttpRequest request, SignatureClaim claim, string payloadHash)
    {
        var (path, query) = TargetOf(request);
        var text = new StringBuilder(1024);
        // S3 encodes the key's characters once; the other services encode the path once more as it was sent.
        var octets = claim.Service == "s3" ? Decode(path, plusIsSpace: false) : Encoding.UTF8.GetBytes(path);
        text.Append(request.Method).Append('\n')
            .Append(Encode(octets, keepSlash: true)).Append('\n')
            .Append(CanonicalQuery(query)).Append('\n');
        foreach (var name in claim.SignedHeaders)
            text.Append(name).Append(':').AppendJoin(',', request.Headers[name].Select(value => Spaces().Replace(value ?? "", " ").Trim(' '))).Append('\n');
        text.Append('\n').AppendJoin(';', claim.SignedHeaders).Append('\n').Append(payloadHash);
        var canonical = text.ToString();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return new CanonicalRequest(canonical, $"{SignatureClaimReader.Algorithm}\n{claim.Timestamp}\n{claim.Scope}\n{hash}");
    }

    /// <summary>The path and query as they were sent: the framework's own have lost which octets were escaped.</summary>
    private static (string Path, string Query) TargetOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (!target.StartsWith('/') && scheme > 0)
        {
            var slash = target.IndexOf('/', scheme + 3);
            target = slash < 0 ? "/" : target[slash..];
        }
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    private static string CanonicalQuery(string query)
    {
        var pairs = new List<(string Name, string Value)>();
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = Encode(Decode(equals < 0 ? parameter : parameter[..equals], plusIsSpace: true), keepSlash: false);
            if (!name.Equals("X-Amz-Signature", StringComparison.OrdinalIgnoreCase))
                pairs.Add((name, equals < 0 ? "" : Encode(Decode(parameter[(equals + 1)..], plusIsSpace: true), keepSlash: false)));
        }
        pairs.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0 ? order : string.CompareOrdinal(a.Value, b.Value));
        return string.Join('&', pairs.Select(static pair => $"{pair.Name}={pair.Value}"));
    }

    private static byte[] Decode(string text, bool plusIsSpace)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && byte.TryParse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                bytes[length++] = octet;
                i += 2;
            }
            else
            {
                bytes[length++] = plusIsSpace && bytes[i] == '+' ? (byte)' ' : bytes[i];
            }
        }
        return bytes[..length];
    }

    private static string Encode(byte[] bytes, bool keepSlash)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (Unreserved.Contains((char)octet, StringComparison.Ordinal) || (keepSlash && octet == '/'))
                text.Append((char)octet);
            else
                text.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    [GeneratedRegex("[ \t]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Spaces();
}
