using System.Globalization;
using System.Xml.Linq;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Settings;

/// <summary>Lets pages of some origins use a bucket.</summary>
internal sealed record CorsRule(
    IReadOnlyList<string> Origins, IReadOnlyList<string> Methods, IReadOnlyList<string> Headers, IReadOnlyList<string> Exposed, int? MaxAgeSeconds)
{
    private const int MaxRules = 100;

    /// <summary>The origin, as the answer names it: itself, or any.</summary>
    public string? AllowedOrigin(string origin) =>
        Origins.Contains("*") ? "*" : Origins.Any(pattern => Wildcard.Matches(pattern, origin)) ? origin : null;

    public bool AllowsHeader(string name) => Headers.Any(pattern => Wildcard.Matches(pattern, name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="S3Exception">MalformedXML or InvalidRequest.</exception>
    public static List<CorsRule> AllOf(XElement document)
    {
        var rules = document.Children("CORSRule").Select(Of).ToList();
        return rules.Count is > 0 and <= MaxRules ? rules : throw S3Exception.MalformedXml();
    }

    private static CorsRule Of(XElement rule)
    {
        var made = new CorsRule(
            Texts(rule, "AllowedOrigin"), Texts(rule, "AllowedMethod"), Texts(rule, "AllowedHeader"), Texts(rule, "ExposeHeader"),
            rule.TextOf("MaxAgeSeconds") is { } age ? Seconds(age) : null);
        if (made.Origins.Count == 0 || made.Methods.Count == 0)
            throw S3Exception.MalformedXml();
        foreach (var method in made.Methods)
        {
            if (method is not ("GET" or "PUT" or "POST" or "DELETE" or "HEAD"))
                throw S3Exception.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {method}");
        }
        foreach (var origin in made.Origins.Where(HasTwoWildcards))
            throw S3Exception.InvalidRequest($"AllowedOrigin \"{origin}\" can not have more than one wildcard.");
        foreach (var header in made.Headers.Where(HasTwoWildcards))
            throw S3Exception.InvalidRequest($"AllowedHeader \"{header}\" can not have more than one wildcard.");
        foreach (var header in made.Exposed.Where(header => header.Contains('*', StringComparison.Ordinal)))
            throw S3Exception.InvalidRequest($"ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        return made;
    }

    private static bool HasTwoWildcards(string text) => text.Count(letter => letter == '*') > 1;

    private static int Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw S3Exception.MalformedXml();

    private static List<string> Texts(XElement rule, string name) => [.. rule.Children(name).Select(child => child.Value)];
}
