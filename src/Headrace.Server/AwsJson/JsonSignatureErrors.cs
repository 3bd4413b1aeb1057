using Headrace.Server.Signing;

namespace Headrace.Server.AwsJson;

/// <summary>What the AWS JSON services answer to a signature that is not accepted.</summary>
internal static class JsonSignatureErrors
{
    public static WireException Of(SignatureException refusal) => refusal.Fault switch
    {
        SignatureFault.Missing => new WireException(400, "MissingAuthenticationTokenException", refusal.Message),
        SignatureFault.Incomplete or SignatureFault.IncompleteQuery or SignatureFault.MalformedCredential
            or SignatureFault.UnsupportedAlgorithm or SignatureFault.InvalidExpiry => new WireException(400, "IncompleteSignatureException", refusal.Message),
        SignatureFault.UnknownAccessKey => new WireException(400, "UnrecognizedClientException", refusal.Message),
        SignatureFault.SignedTwice => new WireException(400, "InvalidSignatureException", "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."),
        _ => new WireException(400, "InvalidSignatureException", refusal.Message + Hint(refusal.Expected)),
    };

    private static string Hint(CanonicalRequest? expected) => expected is null
        ? ""
        : $"\n\nThe Canonical String for this request should have been\n'{expected.Text}'\n\nThe String-to-Sign should have been\n'{expected.StringToSign}'\n";
}
