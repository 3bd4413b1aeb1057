using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Buckets;

/// <summary>Where an object is: <c>s3://bucket/key</c>. The key may be empty or a prefix where a command says so.</summary>
internal sealed record ObjectAddress(string Bucket, string Key)
{
    public const string Scheme = "s3://";

    public static bool IsOne(string text) => text.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Reads <c>s3://bucket/key</c>, and <c>bucket/key</c> as well.</summary>
    /// <exception cref="UsageException">There is no bucket in it.</exception>
    public static ObjectAddress Parse(string text)
    {
        var path = IsOne(text) ? text[Scheme.Length..] : text;
        var slash = path.IndexOf('/');
        var bucket = slash < 0 ? path : path[..slash];
        if (bucket.Length == 0)
            throw new UsageException($"'{text}' names no bucket; write it as s3://bucket/key");
        return new ObjectAddress(bucket, slash < 0 ? "" : path[(slash + 1)..]);
    }

    /// <summary>This address, which must name an object.</summary>
    /// <exception cref="UsageException">It has no key.</exception>
    public ObjectAddress WithKey() => Key.Length > 0 ? this : throw new UsageException($"s3://{Bucket} names a bucket but no object; write it as s3://{Bucket}/key");

    public override string ToString() => $"{Scheme}{Bucket}/{Key}";
}
