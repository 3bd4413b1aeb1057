using System.Text;
using Headrace.Buckets;
using Headrace.Server.S3.Forms;

namespace Headrace.Server.S3.Objects;

/// <summary>The headers that S3 keeps with an object: those of content, metadata, class and encryption.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const int MaxMetadataBytes = 2048;
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly string[] Kept = ["cache-control", "content-disposition", "content-language", "content-type", "expires", "x-amz-website-redirect-location"];

    /// <summary>Those of a put.</summary>
    /// <exception cref="S3Exception">MetadataTooLarge, or the class or encryption is not one of S3's.</exception>
    public static Dictionary<string, string> Of(S3Request request, BucketStore store)
    {
        var headers = Of(request.Http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())));
        if (request.Payload.ContentEncoding is { } encoding)
            headers["content-encoding"] = encoding;
        AddStorage(headers, request, store);
        return headers;
    }

    /// <summary>Those of a form.</summary>
    /// <exception cref="S3Exception">MetadataTooLarge, or the class or encryption is not one of S3's.</exception>
    public static Dictionary<string, string> Of(PostForm form, BucketStore store, string bucket)
    {
        var headers = Of(form.Fields);
        if (form.Field("content-encoding") is { Length: > 0 } encoding)
            headers["content-encoding"] = encoding;
        AddStorage(headers, form.Field, store, bucket);
        return headers;
    }

    /// <summary>Those of content and metadata among headers, or fields of a form.</summary>
    /// <exception cref="S3Exception">MetadataTooLarge, or InvalidRedirectLocation.</exception>
    public static Dictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> given)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var (name, value) in given)
        {
            var lower = name.ToLowerInvariant();
            if (lower.StartsWith(MetadataPrefix, StringComparison.Ordinal))
                bytes += lower.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(value);
            else if (!Kept.Contains(lower) || value.Length == 0)
                continue;
            CheckPrintable(name, value);
            headers[lower] = value;
        }
        if (bytes > MaxMetadataBytes)
        {
            throw new S3Exception(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
            {
                Details = [("Size", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("MaxSizeAllowed", "2048")],
            };
        }
        headers.TryAdd("content-type", DefaultContentType);
        return headers;
    }

    /// <summary>What an answer's header can't hold must not get into an object that is answered with it.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static void CheckPrintable(string name, string value)
    {
        if (value.Any(char.IsControl))
            throw S3Exception.InvalidArgument(name, Uri.EscapeDataString(value), "Header values cannot contain control characters.");
    }

    /// <summary>A copy takes content and metadata along, but is of the class and encryption that the request asks for.</summary>
    /// <exception cref="S3Exception">The class or encryption is not one of S3's.</exception>
    public static Dictionary<string, string> OfCopy(IReadOnlyDictionary<string, string> source, S3Request request, BucketStore store)
    {
        var headers = source
            .Where(header => header.Key is not (StorageClasses.Header or Encryptions.Header or Encryptions.KeyHeader or Encryptions.BucketKeyHeader or "x-amz-website-redirect-location"))
            .ToDictionary(StringComparer.Ordinal);
        if (request.Header("x-amz-website-redirect-location") is { } redirect)
            headers["x-amz-website-redirect-location"] = redirect;
        AddStorage(headers, request, store);
        return headers;
    }

    private static void AddStorage(Dictionary<string, string> headers, S3Request request, BucketStore store) =>
        // An empty header counts here: it asks for an encryption that there is not.
        AddStorage(headers, name => request.Http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, store, request.Bucket);

    private static void AddStorage(Dictionary<string, string> headers, Func<string, string?> header, BucketStore store, string bucket)
    {
        if (StorageClasses.Asked(header(StorageClasses.Header)) is { } storageClass)
            headers[StorageClasses.Header] = storageClass;
        if (CustomerKeys.Of(header) is not null)
            return;
        foreach (var (name, value) in Encryptions.Of(header, bucket, store))
        {
            CheckPrintable(name, value);
            headers[name] = value;
        }
    }
}
