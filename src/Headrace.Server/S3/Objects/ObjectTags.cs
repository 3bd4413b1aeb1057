using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Headrace.Server.S3.Objects;

/// <summary>Tags as requests state them: keys of 1 to 128 characters, values of up to 256; an object has up to 10.</summary>
internal static partial class ObjectTags
{
    public const int MaxTags = 10;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;

    /// <summary>From the header of a put: <c>key=value&amp;key=value</c>, percent-encoded.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidTag or BadRequest.</exception>
    public static Dictionary<string, string> OfHeader(string? header)
    {
        if (header is null)
            return [];
        var pairs = QueryHelpers.ParseQuery(header).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")).ToList();
        if (pairs.Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Count() < pairs.Count || pairs.Exists(pair => pair.Key.Length == 0))
            throw S3Exception.InvalidArgument("x-amz-tagging", header, "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.");
        return Check(pairs, MaxTags);
    }

    /// <exception cref="S3Exception">InvalidTag or BadRequest.</exception>
    public static Dictionary<string, string> Check(IEnumerable<KeyValuePair<string, string>> tags, int max)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > MaxKeyLength || !Allowed().IsMatch(key))
                throw Invalid("The TagKey you have provided is invalid", ("TagKey", key));
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw Invalid("System tags cannot be added/updated by requester", ("TagKey", key));
            if (value.Length > MaxValueLength || !Allowed().IsMatch(value))
                throw Invalid("The TagValue you have provided is invalid", ("TagKey", key), ("TagValue", value));
            if (!known.TryAdd(key, value))
                throw Invalid("Cannot provide multiple Tags with the same key", ("TagKey", key));
        }
        if (known.Count <= max)
            return known;
        throw max == MaxTags
            ? Invalid("Object tags cannot be greater than 10")
            : new S3Exception(400, "BadRequest", $"Bucket tag count cannot be greater than {max}");
    }

    private static S3Exception Invalid(string message, params (string Name, string Value)[] details) => new(400, "InvalidTag", message) { Details = details };

    [GeneratedRegex(@"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Allowed();
}
