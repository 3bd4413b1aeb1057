namespace Headrace.Client;

/// <summary>How a call's body is written, and so its answer's.</summary>
internal enum BodyFormat
{
    /// <summary>JSON, which every service takes; bytes are Base64.</summary>
    Json,

    /// <summary>CBOR (RFC 8949), which Kinesis takes as well: bytes are bytes.</summary>
    Cbor,
}
