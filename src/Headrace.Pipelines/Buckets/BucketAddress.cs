namespace Headrace.Pipelines;

/// <summary>A place in a bucket as pipeline files write it, <c>s3://BUCKET/PREFIX</c>.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Prefix">What keys begin with; empty, or with a slash at its end.</param>
public sealed record BucketAddress(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    /// <summary>False where the text is none.</summary>
    public static bool TryParse(string text, out BucketAddress address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = new BucketAddress("", "");
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            return false;
        var parts = text[Scheme.Length..].Split('/', 2);
        var prefix = parts.Length > 1 ? parts[1].Trim('/') : "";
        address = new BucketAddress(parts[0], prefix.Length == 0 ? "" : prefix + "/");
        return parts[0].Length > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Prefix.TrimEnd('/')}";
}
