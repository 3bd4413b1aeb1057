using System.Globalization;
using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Payload;

/// <summary>A request's body, unwrapped from aws-chunked where it is so encoded, and checked while it is read.</summary>
internal sealed class RequestPayload
{
    private const string DecodedLengthName = "x-amz-decoded-content-length";
    private const string TrailerName = "x-amz-trailer";

    private readonly TrailerSection _trailers;

    private RequestPayload(Stream body, long? length, string? contentEncoding, TrailerSection trailers)
    {
        Body = body;
        Length = length;
        ContentEncoding = contentEncoding;
        _trailers = trailers;
    }

    /// <summary>
    /// The decoded bytes, asynchronously and forward only. The read that reaches a fault throws <see cref="S3Exception"/>:
    /// XAmzContentSHA256Mismatch, SignatureDoesNotMatch, IncompleteBody, InvalidChunkSizeError, MalformedTrailerError,
    /// RequestTimeout or EntityTooLarge. Only a read that gives 0 says that everything was checked.
    /// </summary>
    public Stream Body { get; }

    /// <summary>The decoded bytes, where the headers tell.</summary>
    public long? Length { get; }

    /// <summary>The object's own encoding: Content-Encoding without aws-chunked; null for none.</summary>
    public string? ContentEncoding { get; }

    /// <summary>The trailing headers by lower-case name, such as <c>x-amz-checksum-crc32</c>; complete at the body's end.</summary>
    public IReadOnlyDictionary<string, string> Trailers => _trailers.Values;

    /// <param name="request">Its body must not have been read from.</param>
    /// <param name="signature">The verified signature that signed chunks go on from; null where signatures aren't verified.</param>
    /// <exception cref="S3Exception">The headers are malformed or contradict each other.</exception>
    public static RequestPayload Open(HttpRequest request, RequestSignature? signature)
    {
        var hash = PayloadHash.Of(request);
        var (chunked, contentEncoding) = EncodingOf(request);
        var announced = AnnouncedTrailers(request);
        if (hash.IsStreaming && !hash.HasTrailer && announced.Length > 0)
            throw S3Exception.InvalidRequest("x-amz-trailer was sent, but x-amz-content-sha256 announces no trailer.");
        var trailers = new TrailerSection(announced);
        var upload = new UploadReader(request.BodyReader, request.HttpContext.Abort);
        if (!hash.IsStreaming && !chunked)
            return new RequestPayload(new PlainBody(upload, request.ContentLength, hash.Digest), request.ContentLength, contentEncoding, trailers);
        if (hash.Digest is not null)
            throw S3Exception.InvalidRequest("A body in aws-chunked encoding has no single hash: x-amz-content-sha256 must be one of the STREAMING values.");
        var length = DecodedLength(request);
        var signatures = hash.IsSigned && signature is not null ? new ChunkSignatures(signature) : null;
        return new RequestPayload(new ChunkedBody(upload, length, trailers, hash.HasTrailer, signatures), length, contentEncoding, trailers);
    }

    private static (bool Chunked, string? Others) EncodingOf(HttpRequest request)
    {
        var codings = request.Headers.ContentEncoding.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var others = codings.Where(coding => !coding.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase)).ToArray();
        // Some clients send aws-chunked for a body that isn't, copied from the metadata of another object: the length tells.
        var chunked = others.Length < codings.Length && (request.Headers.ContainsKey(DecodedLengthName) || request.Headers.ContainsKey(TrailerName));
        return (chunked, others.Length > 0 ? string.Join(',', others) : null);
    }

    private static string[] AnnouncedTrailers(HttpRequest request) =>
        [.. request.Headers[TrailerName].ToString().ToLower(CultureInfo.InvariantCulture)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static long? DecodedLength(HttpRequest request)
    {
        var text = request.Headers[DecodedLengthName].ToString();
        if (text.Length == 0)
            return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw S3Exception.InvalidArgument(DecodedLengthName, text, $"{DecodedLengthName} must be a whole number of bytes.");
        if (request.ContentLength < length)
            throw PayloadErrors.Incomplete();
        return length;
    }
}
