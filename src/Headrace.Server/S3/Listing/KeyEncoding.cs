namespace Headrace.Server.S3.Listing;

/// <summary>How keys are written in a listing: as they are, or percent-encoded where the client asks for <c>encoding-type=url</c>.</summary>
internal readonly struct KeyEncoding
{
    private readonly bool _url;

    private KeyEncoding(bool url) => _url = url;

    /// <summary>As the document states it; null for none.</summary>
    public string? Name => _url ? "url" : null;

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static KeyEncoding Of(S3Request request) => request.Query("encoding-type") switch
    {
        null or "" => default,
        "url" => new KeyEncoding(url: true),
        var other => throw S3Exception.InvalidArgument("encoding-type", other, "Invalid Encoding Method specified in Request"),
    };

    public string? Encode(string? text) => _url && text is not null
        ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal)
        : text;
}
