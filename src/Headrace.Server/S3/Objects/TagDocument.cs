using System.Xml.Linq;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>Tags as a <c>Tagging</c> document states them.</summary>
internal static class TagDocument
{
    /// <exception cref="S3Exception">MalformedXML, InvalidTag or BadRequest.</exception>
    public static Dictionary<string, string> Parse(XElement document, int max)
    {
        if (document.Children("TagSet").ToList() is not [var set])
            throw S3Exception.MalformedXml();
        return ObjectTags.Check(set.Children("Tag").Select(tag => KeyValuePair.Create(tag.RequiredTextOf("Key"), tag.RequiredTextOf("Value"))), max);
    }

    public static Task RespondAsync(S3Request request, IReadOnlyDictionary<string, string> tags) =>
        S3Xml.RespondAsync(request.Http, "Tagging", tagging => tagging.Element("TagSet", set =>
        {
            foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
            {
                set.Element("Tag", tag =>
                {
                    tag.Text("Key", key);
                    tag.Text("Value", value);
                });
            }
        }));
}
