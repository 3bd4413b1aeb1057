using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headrace.Server.S3;
using Headrace.Server.S3.Payload;
using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Tests.S3.Payload;

/// <summary>Makes uploads as clients send them, with a chunk signer of its own, and reads them through a payload.</summary>
internal static class Upload
{
    public const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string SignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>The credentials, scope and time of the examples in AWS's documentation.</summary>
    public static RequestSignature Seed(string signature)
    {
        var key = "20130524,us-east-1,s3,aws4_request".Split(',').Aggregate(
            "AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"u8.ToArray(),
            (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        return new RequestSignature("AKIAIOSFODNN7EXAMPLE", "us-east-1", "20130524/us-east-1/s3/aws4_request", "20130524T000000Z", key, signature);
    }

    public static HttpRequest Request(byte[] wire, string? sha256, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "PUT";
        http.Request.Body = new MemoryStream(wire);
        http.Request.ContentLength = wire.Length;
        if (sha256 is not null)
            http.Request.Headers["x-amz-content-sha256"] = sha256;
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;
        return http.Request;
    }

    /// <summary>Reads to the end in reads of the given sizes, again and again.</summary>
    public static async Task<byte[]> ReadAsync(RequestPayload payload, params int[] readSizes)
    {
        var bytes = new MemoryStream();
        for (var i = 0; ; i++)
        {
            var buffer = new byte[readSizes.Length > 0 ? readSizes[i % readSizes.Length] : 64 * 1024];
            var count = await payload.Body.ReadAsync(buffer);
            if (count == 0)
                return bytes.ToArray();
            bytes.Write(buffer, 0, count);
        }
    }

    public static async Task<S3Exception> FailureAsync(HttpRequest request, RequestSignature? seed = null) =>
        await Should.ThrowAsync<S3Exception>(() => ReadAsync(RequestPayload.Open(request, seed)));

    /// <summary>A body in aws-chunked encoding, signed where a seed is given.</summary>
    public static byte[] Chunked(byte[] body, IEnumerable<int> chunkSizes, RequestSignature? seed, params (string Name, string Value)[] trailers)
    {
        var wire = new MemoryStream();
        var previous = seed?.Signature;
        var at = 0;
        foreach (var size in chunkSizes.Select(size => Math.Min(size, body.Length - at)).Append(0))
        {
            var data = body.AsSpan(at, size);
            if (size == 0 && at < body.Length)
                continue;
            previous = seed is null ? null : Sign(seed, "PAYLOAD", $"{previous}\n{Hex([])}\n{Hex(data)}");
            wire.Write(Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + (previous is null ? "" : $";chunk-signature={previous}") + "\r\n"));
            wire.Write(data);
            at += size;
            if (size == 0)
                break;
            wire.Write("\r\n"u8);
        }
        var canonical = string.Concat(trailers.OrderBy(trailer => trailer.Name, StringComparer.Ordinal).Select(trailer => $"{trailer.Name}:{trailer.Value}\n"));
        wire.Write(Encoding.ASCII.GetBytes(canonical.Replace("\n", "\r\n", StringComparison.Ordinal)));
        if (seed is not null && trailers.Length > 0)
            wire.Write(Encoding.ASCII.GetBytes($"x-amz-trailer-signature:{Sign(seed, "TRAILER", $"{previous}\n{Hex(Encoding.ASCII.GetBytes(canonical))}")}\r\n"));
        wire.Write("\r\n"u8);
        return wire.ToArray();
    }

    private static string Sign(RequestSignature seed, string kind, string rest) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(seed.SigningKey, Encoding.ASCII.GetBytes($"AWS4-HMAC-SHA256-{kind}\n{seed.Timestamp}\n{seed.Scope}\n{rest}")));

    private static string Hex(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
