using System.Security.Cryptography;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;

namespace Headrace.Server.S3.Bodies;

/// <summary>What a client says its body's digests are, in headers or in trailers after the body.</summary>
internal sealed class ExpectedDigests
{
    private readonly byte[]? _md5;
    private readonly string? _value;
    private readonly string? _trailer;

    private ExpectedDigests(byte[]? md5, ChecksumAlgorithm? algorithm, string? value, string? trailer)
    {
        _md5 = md5;
        Stated = algorithm;
        _value = value;
        _trailer = trailer;
    }

    /// <summary>The algorithm that the client chose; null when it chose none.</summary>
    public ChecksumAlgorithm? Stated { get; }

    /// <summary>True when the body cannot be damaged on its way unnoticed.</summary>
    public bool IsStated => _md5 is not null || _value is not null || _trailer is not null;

    /// <exception cref="S3Exception">InvalidDigest or BadDigest: a value is malformed; InvalidRequest: there are several.</exception>
    public static ExpectedDigests Of(S3Request request)
    {
        var md5 = request.Http.Request.Headers.TryGetValue("Content-MD5", out var stated) ? Md5Of(stated.ToString()) : null;
        var headers = ChecksumHeaders.All.Where(algorithm => request.Header(ChecksumHeaders.HeaderOf(algorithm)) is not null).ToList();
        var trailers = (request.Header("x-amz-trailer") ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Where(name => ChecksumHeaders.OfHeader(name) is not null).ToList();
        if (headers.Count + trailers.Count > 1)
            throw S3Exception.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        if (trailers is [var trailer])
            return new ExpectedDigests(md5, ChecksumHeaders.OfHeader(trailer), null, trailer.ToLowerInvariant());
        if (headers is not [var algorithm])
            return new ExpectedDigests(md5, ChecksumHeaders.Parse(request.Header("x-amz-sdk-checksum-algorithm")), null, null);
        var header = ChecksumHeaders.HeaderOf(algorithm);
        return new ExpectedDigests(md5, algorithm, Checked(header, algorithm, request.Header(header)!), null);
    }

    /// <summary>Compares with what the body turned out to be, once it was read to its end.</summary>
    /// <exception cref="S3Exception">BadDigest, or MalformedTrailerError: a trailer is missing.</exception>
    public void Verify(BodyDigest digest, IReadOnlyDictionary<string, string> trailers)
    {
        if (_md5 is not null && !CryptographicOperations.FixedTimeEquals(_md5, digest.Md5))
            throw new S3Exception(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        var value = _trailer is null ? _value : TrailerOf(trailers, _trailer);
        if (value is not null && value != digest.Checksum.Value)
            throw new S3Exception(400, "BadDigest", $"The {ChecksumHeaders.NameOf(digest.Checksum.Algorithm)} you specified did not match the calculated checksum.");
    }

    private string TrailerOf(IReadOnlyDictionary<string, string> trailers, string name) => trailers.TryGetValue(name, out var value)
        ? Checked(name, Stated!.Value, value)
        : throw new S3Exception(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");

    private static byte[] Md5Of(string header)
    {
        var value = new byte[MD5.HashSizeInBytes];
        return Convert.TryFromBase64String(header, value, out var length) && length == value.Length
            ? value
            : throw new S3Exception(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
    }

    /// <exception cref="S3Exception">BadDigest: that is no value of the algorithm, and so can't be the body's.</exception>
    public static string Checked(string header, ChecksumAlgorithm algorithm, string value)
    {
        Span<byte> decoded = stackalloc byte[SHA256.HashSizeInBytes * 2];
        return value.Length <= decoded.Length && Convert.TryFromBase64String(value, decoded, out var length) && length == ChecksumHash.SizeOf(algorithm)
            ? value
            : throw new S3Exception(400, "BadDigest", $"Value for {header} header is invalid.");
    }
}
