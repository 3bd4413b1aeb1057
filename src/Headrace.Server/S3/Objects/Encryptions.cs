using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>
/// Server-side encryption with S3's keys, as headers and a bucket's default tell it: kept and told again. Nothing is encrypted so; only
/// with a key that a client brings is it (<see cref="CustomerKeys"/>).
/// </summary>
internal static class Encryptions
{
    public const string Header = "x-amz-server-side-encryption";
    public const string KeyHeader = "x-amz-server-side-encryption-aws-kms-key-id";
    public const string BucketKeyHeader = "x-amz-server-side-encryption-bucket-key-enabled";
    private const string Default = "AES256";

    /// <summary>What to keep of what a put asks for, or of the bucket's default where it asks for nothing.</summary>
    /// <param name="header">Gives a header or a form's field; null where it is missing.</param>
    /// <param name="bucket">The bucket that is written to.</param>
    /// <param name="store">Knows the default.</param>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Of(Func<string, string?> header, string bucket, BucketStore store)
    {
        var (algorithm, key, bucketKey) = (header(Header), header(KeyHeader), header(BucketKeyHeader));
        if (algorithm is not (null or Default or "aws:kms" or "aws:kms:dsse"))
            throw S3Exception.InvalidArgument(Header, algorithm, "The encryption method specified is not supported");
        if (key is not null && algorithm is null or Default)
            throw S3Exception.InvalidArgument(Header, algorithm ?? "", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms");
        var byDefault = store.GetSetting(bucket, BucketSetting.Encryption) is { } text ? XElement.Parse(text).Children("Rule").FirstOrDefault() : null;
        if (algorithm is null)
        {
            var applied = byDefault?.Children("ApplyServerSideEncryptionByDefault").FirstOrDefault();
            (algorithm, key) = (applied?.TextOf("SSEAlgorithm") ?? Default, applied?.TextOf("KMSMasterKeyID"));
        }
        yield return KeyValuePair.Create(Header, algorithm);
        if (key is not null)
            yield return KeyValuePair.Create(KeyHeader, key);
        if (algorithm == "aws:kms" && string.Equals(bucketKey ?? byDefault?.TextOf("BucketKeyEnabled"), "true", StringComparison.OrdinalIgnoreCase))
            yield return KeyValuePair.Create(BucketKeyHeader, "true");
    }

    /// <summary>Tells how an object is kept.</summary>
    public static void Write(S3Request request, StoredObject found) => Write(request, found.Headers, found.IsKeyed);

    /// <inheritdoc cref="Write(S3Request, StoredObject)"/>
    public static void Write(S3Request request, IReadOnlyDictionary<string, string> kept, bool isKeyed)
    {
        if (isKeyed)
        {
            CustomerKeys.Write(request, request.Header);
            return;
        }
        request.ResponseHeaders[Header] = kept.GetValueOrDefault(Header, Default);
        foreach (var name in new[] { KeyHeader, BucketKeyHeader })
        {
            if (kept.TryGetValue(name, out var value))
                request.ResponseHeaders[name] = value;
        }
    }
}
