using System.Xml;

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

    /// <summary>
    /// As it is where decoding would not change it: boto3 decodes all of the first version's listing but its prefix.
    /// </summary>
    public string EncodeWhereNeeded(string text) => Uri.UnescapeDataString(text) == text && !text.Contains('+', StringComparison.Ordinal) && IsPlain(text) ? text : Encode(text)!;

    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
                return false;
        }
        return true;
    }
}
