namespace Headrace.Server.S3.Payload;

/// <summary>What S3 answers to a body that is not what its headers or its framing promise.</summary>
internal static class PayloadErrors
{
    public static S3Exception Incomplete(Exception? cause = null) =>
        new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header", cause);

    public static S3Exception ChunkHeader() =>
        new(400, "InvalidChunkSizeError", "The header of a chunk is not a hexadecimal size, followed by the chunk's signature where the payload is signed.");

    public static S3Exception Trailer() =>
        new(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");

    public static S3Exception Signature() =>
        new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    public static S3Exception ContentSha256(ReadOnlySpan<byte> promised, ReadOnlySpan<byte> computed) =>
        ContentSha256(Convert.ToHexStringLower(promised), Convert.ToHexStringLower(computed));

    /// <param name="promised">What the request says.</param>
    /// <param name="computed">What the body is; null where it was not read.</param>
    public static S3Exception ContentSha256(string promised, string? computed) =>
        new(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
        {
            Details = computed is null
                ? [("ClientComputedContentSHA256", promised)]
                : [("ClientComputedContentSHA256", promised), ("S3ComputedContentSHA256", computed)],
        };
}
