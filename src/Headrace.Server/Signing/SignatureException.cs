namespace Headrace.Server.Signing;

/// <summary>A request's signature is not accepted. The message is the one of AWS's query and JSON services; S3 has its own.</summary>
internal sealed class SignatureException(SignatureFault fault, string message) : Exception(message)
{
    public SignatureFault Fault { get; } = fault;

    /// <summary>What the request claims, as far as it could be read.</summary>
    public SignatureClaim? Claim { get; init; }

    /// <summary>The lower-case name of the header that should have been signed.</summary>
    public string? UnsignedHeader { get; init; }

    /// <summary>The server's time when it refused.</summary>
    public DateTimeOffset ServerTime { get; init; }

    /// <summary>What should have been signed, when that was reached.</summary>
    public CanonicalRequest? Expected { get; init; }
}
