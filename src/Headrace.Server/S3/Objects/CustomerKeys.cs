using System.Security.Cryptography;
using Headrace.Buckets.Encryption;

namespace Headrace.Server.S3.Objects;

/// <summary>The keys that clients bring in headers or in a form's fields (SSE-C).</summary>
internal static class CustomerKeys
{
    /// <summary>Before the headers' names: of the object that is read or written, and of the source of a copy.</summary>
    public const string Prefix = "x-amz-server-side-encryption-customer-";
    public const string SourcePrefix = "x-amz-copy-source-server-side-encryption-customer-";

    private const string Algorithm = "AES256";
    private const string Specifying = "Requests specifying Server Side Encryption with Customer provided keys must provide ";

    /// <summary>Null when no key is brought.</summary>
    /// <exception cref="S3Exception">InvalidArgument or InvalidEncryptionAlgorithmError: the headers are not what S3 wants of them.</exception>
    public static CustomerKey? Of(S3Request request, string prefix = Prefix) => Of(request.Header, prefix);

    /// <inheritdoc cref="Of(S3Request, string)"/>
    public static CustomerKey? Of(Func<string, string?> header, string prefix = Prefix)
    {
        var (algorithm, key, md5) = (header(prefix + "algorithm"), header(prefix + "key"), header(prefix + "key-MD5"));
        if (algorithm is null && key is null && md5 is null)
            return null;
        if (prefix == Prefix && header(Encryptions.Header) is { } other)
            throw S3Exception.InvalidArgument(Encryptions.Header, other, "Server Side Encryption with Customer provided key is incompatible with the encryption method specified");
        if (algorithm is null)
            throw Invalid(Specifying + "a valid encryption algorithm.");
        if (algorithm != Algorithm)
        {
            throw new S3Exception(400, "InvalidEncryptionAlgorithmError", "The Encryption request you specified is not valid. Supported value: AES256.")
            {
                Details = [("ArgumentName", Encryptions.Header), ("ArgumentValue", algorithm)],
            };
        }
        if (key is null)
            throw Invalid(Specifying + "an appropriate secret key.");
        if (md5 is null)
            throw Invalid(Specifying + "the client calculated MD5 of the secret key.");
        var bytes = new byte[key.Length];
        var isBase64 = Convert.TryFromBase64String(key, bytes, out var length);
        if (!isBase64 || Md5Of(bytes.AsSpan(0, length)) != md5)
            throw Invalid("The calculated MD5 hash of the key did not match the hash that was provided.");
        return length == CustomerKey.Size ? new CustomerKey(bytes.AsSpan(0, length)) : throw Invalid("The secret key was invalid for the specified algorithm.");
    }

    /// <summary>Confirms which key an object is encrypted with, in the client's own words.</summary>
    public static void Write(S3Request request, Func<string, string?> header)
    {
        request.ResponseHeaders[Prefix + "algorithm"] = Algorithm;
        request.ResponseHeaders[Prefix + "key-MD5"] = header(Prefix + "key-MD5");
    }

#pragma warning disable CA5351 // S3 defines the key's check by MD5.
    private static string Md5Of(ReadOnlySpan<byte> key) => Convert.ToBase64String(MD5.HashData(key));
#pragma warning restore CA5351

    private static S3Exception Invalid(string message) => S3Exception.InvalidArgument(Encryptions.Header, "null", message);
}
