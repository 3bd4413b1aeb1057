using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Headrace.Server.Tests.S3;

/// <summary>What S3 answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">All headers but those of the content.</param>
/// <param name="Body">The content as text.</param>
internal sealed record S3Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string Body)
{
    /// <summary>The error's code; empty where nothing failed.</summary>
    public string Code => (int)Status >= 400 && Body.Length > 0 ? Texts("Code").Single() : "";

    public string? ETag => Headers.ETag?.Tag;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>The texts of all elements of a name, in the document's order.</summary>
    public IReadOnlyList<string> Texts(string element) => [.. XElement.Parse(Body).Descendants().Where(found => found.Name.LocalName == element).Select(found => found.Value)];
}
