namespace Headrace.Server.S3.Objects;

/// <summary>
/// Server-side encryption as headers tell it. What a client asks for is kept and told again; nothing is encrypted by this
/// server, and a client that brings its own key is refused.
/// </summary>
internal static class Encryptions
{
    public const string Header = "x-amz-server-side-encryption";
    public const string KeyHeader = "x-amz-server-side-encryption-aws-kms-key-id";
    public const string Default = "AES256";

    /// <summary>What to keep of the request's headers.</summary>
    /// <exception cref="S3Exception">InvalidEncryptionAlgorithmError, or InvalidArgument.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Of(S3Request request)
    {
        var algorithm = request.Header(Header);
        if (algorithm is not (null or Default or "aws:kms" or "aws:kms:dsse"))
            throw new S3Exception(400, "InvalidEncryptionAlgorithmError", "The encryption request you specified is not valid. The valid value is AES256.") { Details = [("InvalidEncryptionAlgorithm", algorithm)] };
        var key = request.Header(KeyHeader);
        if (key is not null && algorithm is null or Default)
            throw S3Exception.InvalidArgument(Header, algorithm ?? "", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms");
        yield return KeyValuePair.Create(Header, algorithm ?? Default);
        if (key is not null)
            yield return KeyValuePair.Create(KeyHeader, key);
    }

    /// <summary>Whoever brings a key means it: their bytes must not be stored readable.</summary>
    /// <exception cref="S3Exception">NotImplemented.</exception>
    public static void RefuseCustomerKeys(S3Request request)
    {
        foreach (var name in request.Http.Request.Headers.Keys)
        {
            if (name.StartsWith("x-amz-server-side-encryption-customer-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("x-amz-copy-source-server-side-encryption-customer-", StringComparison.OrdinalIgnoreCase))
            {
                throw new S3Exception(501, "NotImplemented", "A header you provided implies functionality that is not implemented") { Details = [("Header", name)] };
            }
        }
    }

    /// <summary>Tells how an object is kept.</summary>
    public static void Write(S3Request request, IReadOnlyDictionary<string, string> kept)
    {
        request.ResponseHeaders[Header] = kept.GetValueOrDefault(Header, Default);
        if (kept.TryGetValue(KeyHeader, out var key))
            request.ResponseHeaders[KeyHeader] = key;
    }
}
