using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Assets;

/// <summary>One file of the console, compressed when it is first asked for. Thread-safe.</summary>
internal sealed class ConsoleAsset(string name, Func<Stream> open)
{
    private readonly Lazy<byte[]> _plain = new(() => Read(open));
    private readonly Lazy<byte[]> _gzip = new(() => Compress(Read(open), stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)));
    private readonly Lazy<byte[]> _brotli = new(() => Compress(Read(open), stream => new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)));
    private readonly Lazy<string> _tag = new(() => $"\"{Convert.ToHexStringLower(SHA256.HashData(Read(open)).AsSpan(0, 12))}\"");

    /// <summary>Its path below <c>/console/</c>.</summary>
    public string Name { get; } = name;

    private string ContentType => Path.GetExtension(Name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    public async Task RespondAsync(HttpContext http, bool isImmutable)
    {
        var headers = http.Response.Headers;
        headers.ETag = _tag.Value;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = isImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        if (http.Request.Headers.IfNoneMatch == _tag.Value)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var (encoding, bytes) = Choose(http.Request.Headers.AcceptEncoding.ToString());
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private (string? Encoding, byte[] Bytes) Choose(string accepted)
    {
        var codings = accepted.Split(',', StringSplitOptions.TrimEntries);
        return codings.Contains("br") ? ("br", _brotli.Value) : codings.Contains("gzip") ? ("gzip", _gzip.Value) : (null, _plain.Value);
    }

    private static byte[] Read(Func<Stream> open)
    {
        using var stream = open();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> wrap)
    {
        using var packed = new MemoryStream();
        using (var packer = wrap(packed))
            packer.Write(plain);
        return packed.ToArray();
    }
}
