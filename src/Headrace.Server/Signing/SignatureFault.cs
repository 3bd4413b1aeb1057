namespace Headrace.Server.Signing;

/// <summary>Why a request's signature was not accepted.</summary>
internal enum SignatureFault
{
    /// <summary>The request carries no signature at all.</summary>
    Missing,

    /// <summary>A part of the header's signature is missing or cannot be read.</summary>
    Incomplete,

    /// <summary>A part of the query's signature is missing or cannot be read.</summary>
    IncompleteQuery,

    /// <summary>The credential is not <c>AKID/YYYYMMDD/REGION/SERVICE/aws4_request</c>.</summary>
    MalformedCredential,

    /// <summary>Signed in the header and in the query at once.</summary>
    SignedTwice,

    /// <summary>Another algorithm than AWS4-HMAC-SHA256.</summary>
    UnsupportedAlgorithm,

    /// <summary>X-Amz-Expires is not a number of seconds up to a week.</summary>
    InvalidExpiry,

    /// <summary>A request signed by version 2 has no time.</summary>
    UndatedRequest,

    /// <summary>The header of a request signed by version 2 is not <c>AWS AKID:SIGNATURE</c>.</summary>
    MalformedLegacyHeader,

    /// <summary>A request to S3 lacks x-amz-content-sha256.</summary>
    MissingPayloadHash,

    /// <summary>A header that must be signed isn't.</summary>
    UnsignedHeader,

    UnknownAccessKey,

    /// <summary>The credential is for another service or another day.</summary>
    WrongScope,

    /// <summary>The request's time and the server's are too far apart.</summary>
    ClockSkew,

    /// <summary>A presigned request is used before its time.</summary>
    NotYetValid,

    /// <summary>A presigned request is used after its time.</summary>
    Expired,

    /// <summary>The signature is not the one that the secret gives.</summary>
    Mismatch,
}
