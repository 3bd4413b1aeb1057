using System.Xml.Linq;
using Headrace.Server.S3.Xml;
using Microsoft.AspNetCore.WebUtilities;

namespace Headrace.Server.S3.Objects;

/// <summary>An object's tags as requests state them: up to 10, keys of 1 to 128 characters, values of up to 256.</summary>
internal static class ObjectTags
{
    private const int MaxTags = 10;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;

    /// <summary>From the header of a put: <c>key=value&amp;key=value</c>, percent-encoded.</summary>
    public static Dictionary<string, string> OfHeader(string? header)
    {
        if (header is null)
            return [];
        return Check(QueryHelpers.ParseQuery(header).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
    }

    /// <summary>From a <c>Tagging</c> document.</summary>
    public static Dictionary<string, string> OfDocument(XElement document) => Check(document.Children("TagSet")
        .SelectMany(set => set.Children("Tag"))
        .Select(tag => KeyValuePair.Create(tag.RequiredTextOf("Key"), tag.RequiredTextOf("Value"))));

    private static Dictionary<string, string> Check(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > MaxKeyLength)
                throw new S3Exception(400, "InvalidTag", "The TagKey you have provided is invalid");
            if (value.Length > MaxValueLength)
                throw new S3Exception(400, "InvalidTag", "The TagValue you have provided is invalid");
            if (!known.TryAdd(key, value))
                throw new S3Exception(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
        }
        return known.Count <= MaxTags ? known : throw new S3Exception(400, "BadRequest", "Object tags cannot be greater than 10");
    }
}
