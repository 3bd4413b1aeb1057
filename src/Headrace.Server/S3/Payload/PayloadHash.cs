using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Payload;

/// <summary>What x-amz-content-sha256 says of the body.</summary>
/// <param name="Digest">The SHA-256 of the whole body; null for all other values, and without one.</param>
/// <param name="IsStreaming">The body comes in aws-chunked encoding.</param>
/// <param name="IsSigned">Each chunk is signed.</param>
/// <param name="HasTrailer">Trailing headers may follow, signed where the chunks are.</param>
internal readonly record struct PayloadHash(byte[]? Digest, bool IsStreaming, bool IsSigned, bool HasTrailer)
{
    private const string Name = "x-amz-content-sha256";

    /// <summary>Reads the header, or (of a presigned request) the query parameter of the same name.</summary>
    /// <exception cref="S3Exception">InvalidArgument, of a presigned request XAmzContentSHA256Mismatch; NotImplemented for signatures by elliptic curves.</exception>
    public static PayloadHash Of(HttpRequest request)
    {
        var value = request.Headers[Name].ToString();
        if (value.Length == 0)
            value = request.Query[Name].ToString();
        return value switch
        {
            "" or "UNSIGNED-PAYLOAD" => default,
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => new PayloadHash(null, IsStreaming: true, IsSigned: false, HasTrailer: true),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => new PayloadHash(null, IsStreaming: true, IsSigned: true, HasTrailer: false),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => new PayloadHash(null, IsStreaming: true, IsSigned: true, HasTrailer: true),
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD" or "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" =>
                throw new S3Exception(501, "NotImplemented", "A header you provided implies functionality that is not implemented.") { Details = [("Header", Name)] },
            { Length: 64 } when value.All(char.IsAsciiHexDigit) => new PayloadHash(Convert.FromHexString(value), IsStreaming: false, IsSigned: false, HasTrailer: false),
            // The signature of an address covers no hash: one that the header brings later can only be the wrong one.
            _ when request.Query.ContainsKey("X-Amz-Signature") => throw PayloadErrors.ContentSha256(value, computed: null),
            _ => throw S3Exception.InvalidArgument(Name, value, "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value."),
        };
    }
}
