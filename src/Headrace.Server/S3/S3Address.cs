using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.S3;

/// <summary>Which bucket and key a request names: by its path, or the bucket by the host's first labels.</summary>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Empty for a bucket.</param>
internal readonly record struct S3Address(string Bucket, string Key)
{
    private const string AmazonSuffix = ".amazonaws.com";
    private const string LocalSuffix = ".localhost";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static S3Address Of(HttpRequest request)
    {
        // The path as it was sent: in a decoded one, a key's own slashes and dots could no longer be told from the path's.
        var path = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2)[0];
        if (Uri.TryCreate(path, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https")
            path = absolute.AbsolutePath;
        path = path.StartsWith('/') ? path[1..] : path;
        return BucketOfHost(request) is { } bucket ? new S3Address(bucket, Decode(path)) : OfPath(path);
    }

    /// <summary>The bucket that the host names; null when the path does.</summary>
    public static string? BucketOfHost(HttpRequest request) => BucketOf(request.Host.Host);

    /// <summary>Reads <c>BUCKET/KEY</c>, escaped as in an address.</summary>
    public static S3Address OfPath(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new S3Address(Decode(path), "") : new S3Address(Decode(path[..slash]), Decode(path[(slash + 1)..]));
    }

    /// <summary>The bucket that a virtual host stands for: <c>BUCKET.localhost</c>, <c>BUCKET.s3.localhost</c>, <c>BUCKET.s3.REGION.amazonaws.com</c>.</summary>
    private static string? BucketOf(string host)
    {
        if (IPAddress.TryParse(host, out _))
            return null;
        if (host.EndsWith(LocalSuffix, StringComparison.OrdinalIgnoreCase))
            return WithoutService(host[..^LocalSuffix.Length]);
        return host.EndsWith(AmazonSuffix, StringComparison.OrdinalIgnoreCase) ? WithoutService(host[..^AmazonSuffix.Length]) : null;
    }

    private static string? WithoutService(string name)
    {
        var labels = name.Split('.');
        var service = Array.FindLastIndex(labels, label => label == "s3" || label.StartsWith("s3-", StringComparison.Ordinal));
        return service switch
        {
            < 0 => name,
            0 => null,
            _ => string.Join('.', labels[..service]),
        };
    }

    /// <exception cref="S3Exception">InvalidURI: what is escaped is no UTF-8.</exception>
    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '%' && Utf8Parser.TryParse(bytes.AsSpan(at + 1, Math.Min(2, bytes.Length - at - 1)), out byte escaped, out var digits, 'x') && digits == 2)
            {
                bytes[length++] = escaped;
                at += digits;
            }
            else
            {
                bytes[length++] = bytes[at];
            }
        }
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException failure)
        {
            throw new S3Exception(400, "InvalidURI", "Couldn't parse the specified URI.", failure);
        }
    }
}
