using System.Security.Cryptography;
using System.Text;

namespace Headrace.Server.Signing;

// Forms that browsers post to S3: what is signed is the policy, in base64 as it was sent.
internal sealed partial class SignatureVerifier
{
    /// <summary>Verifies Signature Version 4.</summary>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public void VerifyPolicy(string policy, SignatureClaim claim)
    {
        if (!accessKeys.TryGetValue(claim.AccessKeyId, out var secret))
            throw Refusal(SignatureFault.UnknownAccessKey, "The security token included in the request is invalid.", claim);
        CheckScope(claim, "s3");
        Compare(policy, Convert.ToHexStringLower(HMACSHA256.HashData(SigningKey(secret, claim), Encoding.UTF8.GetBytes(policy))), claim);
    }

    /// <summary>Verifies Signature Version 2, which forms made by older libraries carry.</summary>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public void VerifyPolicy(string policy, string accessKey, string signature)
    {
        var claim = new SignatureClaim
        {
            AccessKeyId = accessKey,
            Date = "",
            Region = "",
            Service = "s3",
            SignedHeaders = [],
            Signature = signature,
            SignedAt = time.GetUtcNow(),
            IsPresigned = false,
        };
        if (!accessKeys.TryGetValue(accessKey, out var secret))
            throw Refusal(SignatureFault.UnknownAccessKey, "The security token included in the request is invalid.", claim);
        Compare(policy, LegacySignature(secret, policy), claim);
    }

#pragma warning disable CA5350 // Signature Version 2 is defined by HMAC-SHA1.
    private static string LegacySignature(string secret, string text) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private void Compare(string signed, string expected, SignatureClaim claim)
    {
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(claim.Signature)))
            return;
        throw new SignatureException(SignatureFault.Mismatch, "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.")
        {
            Claim = claim,
            ServerTime = time.GetUtcNow(),
            Expected = new CanonicalRequest("", signed),
        };
    }
}
