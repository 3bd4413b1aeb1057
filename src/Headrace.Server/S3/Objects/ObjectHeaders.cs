using System.Text;

namespace Headrace.Server.S3.Objects;

/// <summary>The headers that S3 keeps with an object, and the tags that a put may carry.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const int MaxMetadataBytes = 2048;
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly string[] Kept = ["cache-control", "content-disposition", "content-language", "content-type", "expires", "x-amz-website-redirect-location"];

    /// <exception cref="S3Exception">MetadataTooLarge.</exception>
    public static Dictionary<string, string> Of(S3Request request)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (request.Header(name) is { } value)
                headers[name] = value;
        }
        headers.TryAdd("content-type", DefaultContentType);
        if (request.Payload.ContentEncoding is { } encoding)
            headers["content-encoding"] = encoding;
        AddMetadata(headers, request);
        return headers;
    }

    private static void AddMetadata(Dictionary<string, string> headers, S3Request request)
    {
        var bytes = 0;
        foreach (var (name, values) in request.Http.Request.Headers)
        {
            if (!name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var value = values.ToString();
            headers[name.ToLowerInvariant()] = value;
            bytes += name.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(value);
        }
        if (bytes > MaxMetadataBytes)
            throw new S3Exception(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
    }
}
