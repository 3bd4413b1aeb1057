using Headrace.Server.Signing;

namespace Headrace.Server.Sts;

/// <summary>What STS answers to a signature that is not accepted.</summary>
internal static class StsSignatureErrors
{
    public static StsException Of(SignatureException refusal) => refusal.Fault switch
    {
        SignatureFault.Missing => new StsException(403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
        SignatureFault.Incomplete or SignatureFault.IncompleteQuery or SignatureFault.MalformedCredential
            or SignatureFault.SignedTwice or SignatureFault.UnsupportedAlgorithm or SignatureFault.InvalidExpiry => new StsException(400, "IncompleteSignature", refusal.Message),
        SignatureFault.UnknownAccessKey => new StsException(403, "InvalidClientTokenId", refusal.Message),
        _ => new StsException(403, "SignatureDoesNotMatch", refusal.Message),
    };
}
